"""What the doorstep page says: its script has no words of its own, so that they can be translated."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Return the sentences by the names that the script uses; ``{…}`` is filled in there."""
    return {**_of_the_list(), **_of_the_outbox(), **_of_the_device()}


def _of_the_list() -> dict[str, str]:
    return {
        "all": _("全部"),
        "days": _("超{days}天"),
        "count": _("{count}人"),
        "nobody": _("没有这样的人。"),
        "empty": _("本机还没有名册。请在有网络时点“更新名册”。"),
        "checked": _("{day}核实"),
        "card": _("尾号{tail}"),
        "noCard": _("没有身份证号"),
        "same": _("状态没变，今天核实"),
        "status": _("就业状态"),
        "city": _("在哪个城市"),
        "cityUnknown": _("请从列出的城市里选一个。"),
        "education": _("文化程度"),
        "name": _("姓名"),
        "telephone": _("手机号"),
        "telephoneHint": _("现在是 {telephone}，不改就留空。"),
        "noTelephone": _("还没有手机号。"),
        "idNumber": _("身份证号"),
        "wish": _("想做什么：{wish}"),
        "save": _("保存到待发送"),
        "back": _("返回"),
        "contested": _("有分歧，待核定"),
        "waiting": _("待发送"),
        "unchanged": _("没有改动。"),
        "consentsHint": _("读给本人听，本人同意的打勾。"),
        "register": _("登记到待发送"),
        "needed": _("必须同意才能登记"),
    }


def _of_the_outbox() -> dict[str, str]:
    return {
        "outboxEmpty": _("没有待发送的内容。"),
        "newPerson": _("新登记：{name}"),
        "editOf": _("{name}：{field}"),
        "offline": _("没有网络，联网后自动发送。"),
        "sending": _("正在发送，服务器还没有答复。"),
        "server": _("服务器暂时没有答复，稍后自动重发。"),
        "signedOut": _("登录已过期，请重新登录后发送。"),
        "otherAccount": _("这台手机上的内容是另一个账号填写的，请用原来的账号登录后发送。"),
        "notYours": _("您现在的岗位带不了这个村的名册；本机内容没有删除，请联系镇劳务办后再试。"),
        "expiredUnsent": _("超过{days}天没有发出，内容已按规定删除，没有记入。请重新走访。"),
        "expiredOf": _("{day}填写：{field}"),
        "expiredPerson": _("新登记"),
        "expiredCount": _("有{count}项没有发出就到期删除了，请到“待发送”查看并重新走访。"),
        "soonExpired": _("有内容还没有发出，{day}前不联网发送就会删除。"),
        "done": _("服务器已记入。"),
        "registered": _("服务器已登记。"),
        "isContested": _("另有人填了不同的内容，已交人核定，在核定之前不算数。"),
        "refused": _("没有记入：{sentence}"),
        "seeContest": _("看分歧"),
        "seePerson": _("看那份登记"),
        "remove": _("从本机删去"),
        "signIn": _("去登录"),
        "stateWaiting": _("等待"),
        "stateDone": _("已记入"),
        "stateContested": _("待核定"),
        "stateRefused": _("未记入"),
        "stateExpired": _("过期未发"),
    }


def _of_the_device() -> dict[str, str]:
    return {
        "online": _("有网络"),
        "noNetwork": _("没有网络"),
        "lastSync": _("{when}更新；{day}前不联网更新，本机资料会自动删除。"),
        "neverSync": _("还没有更新过。"),
        "start": _("启用这台设备"),
        "startHint": _("启用后，本村名册保存在这台手机上，没有网络也能走访。请设好锁屏密码。"),
        "label": _("给设备起个名字"),
        "myPhone": _("我的手机"),
        "update": _("更新名册并发送"),
        "updated": _("名册已更新。"),
        "saved": _("已存在本机，待发送。"),
        "clear": _("清除本机资料"),
        "clearSure": _("本机名册和待发送的内容都会删除，确定？"),
        "cleared": _("本机资料已清除。"),
        "wiped": _("这台设备已从办公室清除，本机资料已删除。"),
        "expired": _("超过{days}天没有联网更新，本机名册已按规定删除。请联网更新。"),
        "notSupported": _("这个浏览器不能离线使用，请换用新版浏览器。"),
        "startOnline": _("请在有网络时启用。"),
    }
