/* The doorstep page: the village's people, a form for one of them, a new person, and what waits to be sent. */
"use strict";

(() => {
  const { store, sync, register } = window.Doorstep;
  const config = JSON.parse(document.getElementById("doorstep-config").textContent);
  const { words, urls } = config;
  const say = (name, given = {}) => words[name].replace(/\{(\w+)\}/g, (_all, key) => given[key] ?? "");
  const AGAIN_AFTER = 5_000;
  const byId = (id) => document.getElementById(id);
  const view = { days: 0, typed: "", people: [], outbox: [], cities: [], meta: {} };

  /* An element; text comes as text, never as markup. */
  const h = (tag, given = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (typeof value === "boolean") made[name] = value;
      else if (value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...inside.filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  };
  const button = (text, onclick, css = "btn", more = {}) => h("button", { type: "button", class: css, onclick, ...more }, text);
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const daysSince = (day) => Math.round((Date.parse(today()) - Date.parse(day)) / 86_400_000);
  const newKey = () => (crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join(""));
  const labelOf = (pairs, value) => pairs.find((one) => one[0] === value)?.[1] ?? value;

  const flash = (text) => {
    byId("flash").textContent = text;
    byId("flash").hidden = !text;
  };

  const reload = async () => {
    [view.people, view.outbox] = await Promise.all([store.all("people"), store.outbox()]);
    view.cities = (await store.meta("cities")) || [];
    for (const name of ["device", "village", "label", "syncedAt"]) view.meta[name] = await store.meta(name);
    view.people.sort((a, b) => a.pinyin.localeCompare(b.pinyin) || a.id - b.id);
    paint();
  };

  /* ---- The list ---- */

  const initials = (pinyin) => pinyin.split(" ").map((one) => one[0]).join("");
  const fits = (one, typed) => {
    const wanted = typed.trim().toLowerCase();
    const letters = wanted.replaceAll(" ", "");
    return !wanted || one.name.includes(wanted) || one.pinyin.replaceAll(" ", "").startsWith(letters) || initials(one.pinyin).startsWith(letters);
  };
  /* What waits on this device about somebody, by field; the last one counts. */
  const pending = (id) => Object.fromEntries(view.outbox.filter((one) => one.worker === id && one.state === "waiting").map((one) => [one.field, one]));

  const paintChips = () => {
    const chip = (days, text) => button(text, () => { view.days = days; paintList(); }, "chip", { "aria-pressed": String(view.days === days) });
    byId("chips").replaceChildren(chip(0, words.all), ...config.uncheckedDays.map((days) => chip(days, say("days", { days }))));
  };

  const card = (one) => {
    const waits = pending(one.id);
    const status = waits.status ? waits.status.value.split(":")[0] : one.status;
    const name = waits.name ? waits.name.value : one.name;
    const marks = [
      Object.keys(waits).length ? h("span", { class: "badge bg-orange-lt" }, words.waiting) : "",
      one.contested.length ? h("span", { class: "badge bg-red-lt" }, words.contested) : "",
    ];
    return h("li", {}, h("button", { type: "button", class: "person", onclick: () => openPerson(one) },
      h("span", { class: "person-name" }, name, h("small", {}, one.card ? say("card", { tail: one.card }) : words.noCard)),
      h("span", { class: "person-state" }, h("span", { class: "badge" }, labelOf(config.statuses, status)), ...marks),
      h("small", { class: "person-day" }, say("checked", { day: waits.status ? waits.status.checked_on : one.checked_on })),
    ));
  };

  const paintList = () => {
    paintChips();
    const found = view.people.filter((one) => fits(one, view.typed) && (!view.days || daysSince(one.checked_on) > view.days));
    byId("count").textContent = view.people.length ? say("count", { count: found.length }) : "";
    const nothing = view.people.length ? words.nobody : words.empty;
    byId("people").replaceChildren(...(found.length ? found.map(card) : [h("li", { class: "empty" }, nothing)]));
  };

  /* ---- Forms ---- */

  const field = (id, label, control, hint = "") => h("div", { class: "field" },
    h("label", { class: "form-label", for: id }, label), control, hint ? h("p", { class: "form-hint" }, hint) : "");
  const input = (id, value = "", more = {}) => h("input", { id, class: "form-control", value, autocomplete: "off", ...more });
  const select = (id, pairs, value) => h("select", { id, class: "form-select" },
    ...pairs.map(([key, label]) => h("option", { value: key, selected: key === value }, label)));

  const statusChoices = (chosen) => h("fieldset", { class: "field" }, h("legend", {}, words.status), h("div", { class: "choices" },
    ...config.statuses.map(([value, label]) => h("label", { class: "form-check" },
      h("input", { type: "radio", name: "status", value, class: "form-check-input", checked: value === chosen, onchange: showCity }), label))));
  const cityField = (city) => field("city", words.city, h("span", {},
    input("city", city ? city[1] : "", { list: "cities" }), h("datalist", { id: "cities" }, ...view.cities.map((one) => h("option", { value: one[1] })))));
  const chosenStatus = () => document.querySelector("input[name=status]:checked")?.value ?? "";
  const showCity = () => { byId("city").closest(".field").hidden = !config.away.includes(chosenStatus()); };
  const chosenCity = () => view.cities.find((one) => one[1] === byId("city").value.trim());

  /* The status as the server takes it, or nothing when the city is not one. */
  const statusValue = () => {
    const status = chosenStatus();
    if (!config.away.includes(status)) return `${status}:`;
    const city = chosenCity();
    return city ? `${status}:${city[0]}` : null;
  };

  const turnTo = (name) => {
    for (const one of document.querySelectorAll("[data-view]")) one.hidden = one.dataset.view !== name;
    for (const one of document.querySelectorAll("[data-turn]")) one.toggleAttribute("aria-current", one.dataset.turn === name);
    window.scrollTo(0, 0);
  };

  const statusOf = (one) => `${one.status}:${one.city ? one.city[0] : ""}`;

  const openPerson = (one) => {
    const waits = pending(one.id);
    const said = (name, own) => waits[name]?.value ?? own;
    const [status, number] = said("status", statusOf(one)).split(":");
    const city = number ? view.cities.find((place) => String(place[0]) === number) ?? one.city : null;
    byId("new").replaceChildren();
    byId("person").replaceChildren(
      h("h1", {}, one.name),
      h("p", { class: "subtitle" }, [one.card ? say("card", { tail: one.card }) : words.noCard, say("checked", { day: one.checked_on })].join(" · ")),
      one.wish ? h("p", {}, say("wish", { wish: one.wish })) : "",
      one.contested.length ? h("p", { class: "alert alert-warning" }, `${words.contested}：${one.contested.map((name) => config.fields[name]).join("、")}`) : "",
      button(words.same, () => keep(one, { status: statusOf(one) }, true), "btn btn-success"),
      h("form", { onsubmit: (event) => { event.preventDefault(); savePerson(one); } },
        statusChoices(status), cityField(city),
        field("telephone", words.telephone, input("telephone", said("telephone", ""), { inputmode: "tel" }),
          one.telephone ? say("telephoneHint", { telephone: one.telephone }) : words.noTelephone),
        field("name", words.name, input("name", said("name", one.name), { required: true })),
        field("education", words.education, select("education", config.educations, said("education", one.education))),
        h("div", { class: "thumb" }, h("button", { class: "btn btn-primary" }, words.save), button(words.back, () => turnTo("list"), "btn btn-link"))),
    );
    showCity();
    turnTo("person");
  };

  const savePerson = (one) => {
    const status = statusValue();
    if (status === null) return flash(words.cityUnknown);
    const waits = pending(one.id);
    const said = { status: statusOf(one), telephone: "", name: one.name, education: one.education };
    const now = { status, telephone: byId("telephone").value.trim(), name: byId("name").value.trim(), education: byId("education").value };
    const changed = Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (waits[name]?.value ?? said[name])));
    if (!now.telephone) delete changed.telephone;
    if (!Object.keys(changed).length) return flash(words.unchanged);
    return keep(one, changed);
  };

  /* Put statements into the outbox. One that was not yet tried gives way; one that was is what the next one saw. */
  const keep = async (one, changed) => {
    const waits = pending(one.id);
    for (const [name, value] of Object.entries(changed)) {
      const before = waits[name];
      if (before && !before.tried) await store.drop("outbox", before.key);
      const seen = !before ? one.seen[name] : before.tried ? before.key : before.seen;
      await putOut({ kind: "edit", worker: one.id, field: name, value, seen, checked_on: name === "status" ? today() : "",
        title: say("editOf", { name: one.name, field: config.fields[name] }) });
    }
    await after();
  };

  const putOut = async (thing) => {
    const number = Math.max(0, ...view.outbox.map((one) => one.number)) + 1;
    const whole = { ...thing, number, key: newKey(), stated_at: new Date().toISOString(), state: "waiting", reason: navigator.onLine ? "sending" : "offline" };
    view.outbox.push(whole);
    await store.put("outbox", whole);
  };

  const after = async () => {
    await reload();
    turnTo("list");
    flash(words.saved);
    if (navigator.onLine) await refresh();
  };

  const openNew = () => {
    byId("new").replaceChildren(h("form", { onsubmit: (event) => { event.preventDefault(); saveNew(); } },
      field("name", words.name, input("name", "", { required: true })),
      field("id_number", words.idNumber, input("id_number", "", { required: true, maxlength: "24" })),
      field("telephone", words.telephone, input("telephone", "", { inputmode: "tel" })),
      statusChoices("seeking"), cityField(null),
      field("education", words.education, select("education", config.educations, config.usualEducation)),
      h("p", {}, words.consentsHint),
      ...config.consents.map((one) => h("label", { class: "form-check consent" },
        h("input", { type: "checkbox", class: "form-check-input", name: "consent", value: one.purpose, required: one.needed }),
        h("span", {}, h("b", {}, one.title), one.needed ? h("small", {}, ` ${words.needed}`) : "", h("span", { class: "consent-text" }, one.text)))),
      h("div", { class: "thumb" }, h("button", { class: "btn btn-primary" }, words.register))));
    byId("person").replaceChildren();
    showCity();
    turnTo("new");
  };

  const saveNew = async () => {
    const value = statusValue();
    if (value === null) return flash(words.cityUnknown);
    const [status, city] = value.split(":");
    const name = byId("name").value.trim();
    await putOut({ kind: "person", name, id_number: byId("id_number").value.trim(), telephone: byId("telephone").value.trim(),
      education: byId("education").value, status, city, title: say("newPerson", { name }),
      consents: [...document.querySelectorAll("input[name=consent]:checked")].map((one) => one.value) });
    byId("new").replaceChildren();
    return after();
  };

  /* ---- The outbox ---- */

  const STATES = { waiting: ["stateWaiting", "bg-orange-lt"], done: ["stateDone", "bg-green-lt"], registered: ["stateDone", "bg-green-lt"],
    contested: ["stateContested", "bg-red-lt"], refused: ["stateRefused", "bg-red-lt"], expired: ["stateExpired", "bg-red-lt"] };
  const dayOf = (stamp) => new Date(stamp).toLocaleDateString("zh-CN");
  const titleOf = (one) => (one.state === "expired"
    ? say("expiredOf", { day: dayOf(one.stated_at), field: one.field ? config.fields[one.field] : words.expiredPerson }) : one.title);

  const sent = (one) => {
    const [state, css] = STATES[one.state];
    const reason = { contested: "isContested" }[one.reason] ?? one.reason;
    return h("li", { class: "sent" },
      h("div", { class: "sent-head" }, h("b", {}, titleOf(one)), h("span", { class: `badge ${css}` }, words[state])),
      h("p", { class: "sent-value" }, shownValue(one)),
      h("p", {}, say(reason, { sentence: one.sentence, days: config.keptDays })),
      one.url && one.state !== "registered" ? h("a", { class: "btn", href: one.url }, one.state === "contested" ? words.seeContest : words.seePerson) : "",
      one.reason === "signedOut" ? h("a", { class: "btn", href: `/accounts/login/?next=${encodeURIComponent(config.page)}` }, words.signIn) : "",
      one.state === "waiting" && one.tried ? "" : button(words.remove, async () => { await store.drop("outbox", one.key); await reload(); }, "btn btn-link"));
  };
  const shownValue = (one) => {
    if (one.state === "expired") return "";
    if (one.kind === "person" || one.field === "telephone" || one.field === "name") return one.kind === "person" ? "" : one.value;
    if (one.field === "education") return labelOf(config.educations, one.value);
    const [status, number] = one.value.split(":");
    const city = number ? view.cities.find((place) => String(place[0]) === number)?.[1] : "";
    return [labelOf(config.statuses, status), city].filter(Boolean).join(" · ");
  };

  const paintOutbox = () => {
    const waiting = view.outbox.filter((one) => one.state === "waiting").length;
    byId("waiting").textContent = waiting ? String(waiting) : "";
    const lines = [...view.outbox].reverse().map(sent);
    byId("outbox").replaceChildren(...(lines.length ? lines : [h("li", { class: "empty" }, words.outboxEmpty)]));
  };

  /* ---- The device ---- */

  /* What will be deleted soon unless it is sent, and what was. */
  const paintWarning = () => {
    const waits = view.outbox.filter((one) => one.state === "waiting").map((one) => Date.parse(one.stated_at));
    const oldest = Math.min(...waits);
    const expired = view.outbox.filter((one) => one.state === "expired").length;
    const lines = [
      expired ? say("expiredCount", { count: expired }) : "",
      oldest < Date.now() - config.warnDays * 86_400_000 ? say("soonExpired", { day: dayOf(oldest + config.keptDays * 86_400_000) }) : "",
    ].filter(Boolean);
    byId("warning").replaceChildren(...lines.map((line) => h("span", { class: "warning-line" }, line)));
    byId("warning").hidden = !lines.length;
  };

  const paint = () => {
    const { device, village, syncedAt } = view.meta;
    byId("place").textContent = village ? village.name : "";
    byId("network").textContent = navigator.onLine ? words.online : words.noNetwork;
    byId("network").classList.toggle("is-off", !navigator.onLine);
    byId("start").hidden = Boolean(device);
    byId("carried").hidden = !device;
    const until = syncedAt ? new Date(syncedAt + config.keptDays * 86_400_000) : null;
    byId("kept").textContent = syncedAt ? say("lastSync", { when: new Date(syncedAt).toLocaleString("zh-CN", { hour12: false }), day: until.toLocaleDateString("zh-CN") }) : words.neverSync;
    paintList();
    paintOutbox();
    paintWarning();
  };

  const refresh = async () => {
    if (!(await store.meta("device"))) return;
    const outcome = await sync(urls);
    await reload();
    if (outcome) flash(words[outcome]);
    if (outcome === "wiped") turnTo("list");
    if (outcome === "server") setTimeout(refresh, AGAIN_AFTER);
  };

  const start = async () => {
    if (!navigator.onLine) return flash(words.startOnline);
    try {
      const no = await register(urls, byId("label").value);
      if (no) return flash(no);
    } catch (lost) {
      return flash(words[lost.message] ?? words.server);
    }
    return refresh();
  };

  const clear = async () => {
    if (!window.confirm(words.clearSure)) return;
    await store.clear();
    await reload();
    flash(words.cleared);
  };

  const begin = async () => {
    if (!window.indexedDB || !navigator.serviceWorker) return flash(words.notSupported);
    if (await store.expire(config.keptDays)) flash(say("expired", { days: config.keptDays }));
    for (const one of await store.outbox()) if (one.state === "done" || one.state === "registered") await store.drop("outbox", one.key);
    await reload();
    turnTo("list");
    if (navigator.onLine) await refresh();
    return navigator.serviceWorker.register(urls.script, { scope: config.page }).catch(() => null);
  };

  byId("search").addEventListener("input", (event) => { view.typed = event.target.value; paintList(); });
  byId("sync").addEventListener("click", refresh);
  byId("clear").addEventListener("click", clear);
  byId("begin").addEventListener("click", start);
  for (const one of document.querySelectorAll("[data-turn]")) {
    one.addEventListener("click", () => { flash(""); if (one.dataset.turn === "new") openNew(); else turnTo(one.dataset.turn); });
  }
  window.addEventListener("online", refresh);
  window.addEventListener("offline", paint);
  /* The browser may not know that there is a network again. */
  setInterval(() => { if (view.outbox.some((one) => one.state === "waiting" && one.reason === "offline")) refresh(); }, 60_000);
  setInterval(async () => {
    const gone = await store.expire(config.keptDays);
    await reload();
    if (gone) flash(say("expired", { days: config.keptDays }));
  }, 3_600_000);
  begin();
})();
