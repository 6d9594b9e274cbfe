"""The roles table. Each entry reads aloud: who it is, where it is granted, what it may do, what it may read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.roles import EVERYTHING, role

# What belongs together and is granted together.
KEEP_REGISTER = (
    "register_worker", "correct_worker", "move_worker", "withdraw_worker", "readmit_worker",
    "form_household", "correct_household", "join_household", "leave_household", "link_spouse",
    "unlink_spouse", "add_skill", "remove_skill", "add_certificate", "remove_certificate",
    "join_priority_group", "leave_priority_group", "state_intention", "confirm_status", "confirm_statuses",
    "ask_status_by_sms", "ask_deletion", "give_consent", "withdraw_consent", "reveal_id_number", "reveal_telephone",
    "export_workers", "release_telephone",
    "merge_workers", "search_likenesses", "accept_likeness", "reject_likeness", "confirm_merge", "undo_decision",
    "separate_worker",
)  # fmt: skip
STATE_ETHNICITY = ("state_ethnicity", "withdraw_ethnicity")
BRING_LISTS = (
    "stage_import", "check_import", "decide_row", "apply_import", "undo_import", "order_application",
    "order_undoing", "discard_import", "take_refused_rows", "save_layout",
)  # fmt: skip
ANSWER_FAIRNESS = ("answer_fairness_alarm",)
ANSWER_DELETION = ("withdraw_deletion_request", "grant_deletion", "refuse_deletion")
CARRY_VILLAGE = ("register_device", "carry_village", "record_doorstep_edit", "register_newcomer")
MIND_DEVICES = ("wipe_device", "decide_conflict")
SETTLE_CONSEQUENCES = ("lift_consequence", "raise_wage_floor", "postpone_start", "take_suggestion")
ANSWER_CONTRACT = ("confirm_contract", "dispute_contract")
RECORD_CONTRACT = ("enter_contract", "correct_contract")
VISIT_FAIR = ("check_in_visitor", "note_interest")
HAVE_BOOTH = ("register_booth", "withdraw_booth", "record_talk")
HOLD_FAIRS = ("open_fair", "correct_fair", "cancel_fair", *HAVE_BOOTH)
MOVE_INTERVIEW = ("move_interview", "call_off_interview")
INTERVIEW = ("offer_slot", "cancel_slot", "record_interview")
SAVE_SEARCHES = ("save_search", "end_search")
ANSWER_FOR_WORKER = (
    *SAVE_SEARCHES,
    "agree_to_offer", "decline_offer", *SETTLE_CONSEQUENCES, "pick_slot", *MOVE_INTERVIEW, *ANSWER_CONTRACT,
    *VISIT_FAIR,
)  # fmt: skip
COLLECT_DEMAND = (
    "register_employer", "correct_employer", "submit_demand", "correct_demand", "resubmit_demand",
    "refresh_demand", "close_demand",
)  # fmt: skip
CHECK_DEMAND = (
    "approve_employer", "refuse_employer", "bar_employer", "readmit_employer", "invite_employer",
    "reveal_contact", "approve_demand", "refuse_demand", "read_demands", "store_demands", "import_demands",
    "set_target",
)  # fmt: skip
HOLD_ROUNDS = (
    "open_round", "retry_round", "cancel_round", "adopt_proposals", "pass_over_proposals", "send_offer",
    "try_rules", "drop_trial",
    "recall_offer", *INTERVIEW, *RECORD_CONTRACT, *HOLD_FAIRS,
)  # fmt: skip
FOLLOW_PLACEMENT = (
    "assign_station", "report_missing", "end_placement", "confirm_still_there", "report_left",
    "report_unreachable",
)  # fmt: skip
RECEIVE_WORKERS = ("confirm_arrival", "reveal_arrival_telephone")
TAKE_QUESTIONS = (
    "note_call", "take_enquiry", "hand_back_enquiry", "answer_enquiry", "reveal_asker_telephone", "reopen_enquiry",
    "close_enquiry", "set_hotline",
)  # fmt: skip
KEEP_ANSWERS = (
    "draft_answer", "correct_answer", "publish_answer", "confirm_answer", "withdraw_answer", "make_answer",
)  # fmt: skip
ANSWER_QUESTIONS = ("ask_for_worker", *TAKE_QUESTIONS, *KEEP_ANSWERS)
SIGN_IN = ("accept_invitation", "change_own_password", "end_session")
EVERYONE = (
    "note_reading", "export_list", "order_list", "save_list_layout", "withdraw_list_layout", "attach_file",
    "remove_file", "cancel_job", *SIGN_IN,
)  # fmt: skip

READ_PEOPLE = (
    "workers.Worker", "workers.Household", "workers.Skill", "workers.Certificate",
    "workers.PriorityMembership", "workers.PriorityGroup", "workers.Intention", "workers.Consent",
    "workers.StatusQuestion",
    "workers.Headcount", "workers.Likeness", "workers.LinkDecision", "workers.DoorstepEdit", "workers.FieldConflict",
)  # fmt: skip
READ_DELETION = ("workers.DeletionRequest",)
READ_DEVICES = ("workers.Device",)
READ_LISTS = (
    "workers.Import", "workers.ImportRow", "workers.RowFinding", "workers.RowEffect", "workers.Layout",
)  # fmt: skip
READ_DEMAND = ("employers.Employer", "employers.Demand", "employers.Target", "dispatch.TargetProgress")
READ_MATCHING = (
    "matching.RuleSet",
    "matching.Round",
    "matching.Proposal",
    "matching.Leftover",
    "matching.Vacancy",
    "matching.ClassOpening",
    "matching.Flow",
    "matching.Trial",
    "matching.TrialChange",
    "matching.Offer",
    "matching.Consequence",
    "matching.InterviewSlot",
    "matching.Interview",
    "matching.Contract",
    "matching.JobFair",
    "matching.Booth",
    "matching.Visit",
    "matching.Interest",
    "matching.SavedSearch",
)
READ_FAIRNESS = ("matching.FairnessCell", "matching.FairnessAlarm")
READ_PLACEMENTS = ("dispatch.Placement", "dispatch.RetentionCheck")
READ_QUESTIONS = ("rights.Topic", "rights.Answer", "rights.Enquiry", "rights.Hotline")
READ_ANSWERING = (*READ_QUESTIONS, "rights.AnswerVersion", "rights.Asked")
READ_HOUSE = (
    "kernel.Org",
    "kernel.Record",
    "kernel.Job",
    "kernel.Export",
    "kernel.ListLayout",
    "kernel.Attachment",
    "kernel.Account",
    "kernel.Grant",
)
READ_CHAIN = (
    READ_PEOPLE
    + READ_LISTS
    + READ_DEVICES
    + READ_DEMAND
    + READ_MATCHING
    + READ_PLACEMENTS
    + READ_ANSWERING
    + READ_HOUSE
)

CLOCK = (
    "queue_job", "begin_job", "finish_job", "fail_job", "requeue_job",
    "load_reference", "load_orgs", "open_orgs", "load_register", "load_demands",
    "close_stale_demands", "count_usual_wages", "note_doubts", "tell_new_posts", "erase_searches_of_worker",
    "expire_offers", "place_worker",
    "place_accepted_offers", "count_targets",
    "take_up_round", "give_up_round", "keep_proposals", "keep_fairness", "keep_trial", "give_up_trial",
    "recall_offers_of_demand", "recall_offers_of_worker",
    "release_offer", "retake_offer", "keep_findings", "remind_of_interviews",
    "open_own_account", "claim_lines", "bear_telephone", "free_telephone", "keep_export", "drop_expired_exports",
    "keep_likenesses", "keep_scores", "note_questions_sent", "answer_status_question",
    "escalate_overdue_deletions", "erase_account", "erase_offers_of_worker", "erase_placements_of_worker",
    "erase_files",
    "load_answers", "ask_without_account", "escalate_enquiries", "count_search", "count_opening",
    "drop_old_counts", "erase_enquiries_of_worker", "empty_old_enquiries", "let_old_rows_go", "drop_old_nonces",
    "erase_withdrawn_workers",
)  # fmt: skip
"""What nobody does by hand: the clock, the first load, and what follows from another verb."""

ROLES = (
    role(
        "village_officer",
        _("村级劳务员"),
        _("登记本村想外出务工的人，代不会操作的人办理，回访他们的去向。"),
        at=("village", "cooperative"),
        verbs=(
            *KEEP_REGISTER, *STATE_ETHNICITY, *BRING_LISTS, *CARRY_VILLAGE, *MIND_DEVICES, *ANSWER_FOR_WORKER,
            "ask_for_worker", *EVERYONE,
        ),
        reads=(
            *READ_PEOPLE, *READ_LISTS, *READ_DEVICES, *READ_DEMAND, *READ_MATCHING, *READ_PLACEMENTS,
            *READ_QUESTIONS, *READ_HOUSE,
        ),
    ),
    role(
        "township_officer",
        _("乡镇劳务办经办人"),
        _("汇总本乡镇的名单，采集岗位，组织推荐和输出。"),
        at=("township_office", "township_branch"),
        verbs=KEEP_REGISTER
        + BRING_LISTS
        + MIND_DEVICES
        + ANSWER_FOR_WORKER
        + COLLECT_DEMAND
        + HOLD_ROUNDS
        + FOLLOW_PLACEMENT
        + ("ask_for_worker",)
        + EVERYONE,
        reads=READ_CHAIN,
    ),
    role(
        "county_officer",
        _("县级经办人"),
        _("核验用人单位，审核岗位，发起匹配并审定结果，跟踪到岗。"),
        at=("county_bureau", "county_company"),
        verbs=KEEP_REGISTER
        + BRING_LISTS
        + MIND_DEVICES
        + ANSWER_FOR_WORKER
        + COLLECT_DEMAND
        + CHECK_DEMAND
        + HOLD_ROUNDS
        + FOLLOW_PLACEMENT
        + ANSWER_DELETION
        + ANSWER_FAIRNESS
        + ANSWER_QUESTIONS
        + EVERYONE,
        reads=READ_CHAIN + READ_DELETION + READ_FAIRNESS,
    ),
    role(
        "city_officer",
        _("市级经办人"),
        _("统筹全市岗位、匹配和输出，下达岗位目标。"),
        at=("city_bureau", "city_company"),
        verbs=KEEP_REGISTER
        + BRING_LISTS
        + MIND_DEVICES
        + ANSWER_FOR_WORKER
        + COLLECT_DEMAND
        + CHECK_DEMAND
        + HOLD_ROUNDS
        + FOLLOW_PLACEMENT
        + ANSWER_DELETION
        + ANSWER_FAIRNESS
        + ANSWER_QUESTIONS
        + EVERYONE
        + ("open_priority_group", "end_priority_group", "open_topic", "close_topic", "set_matching_rules"),
        reads=READ_CHAIN + READ_DELETION + READ_FAIRNESS,
    ),
    role(
        "administrator",
        _("平台管理员"),
        _("维护组织、区划、账号和授权；看不到劳动者的资料。"),
        at=("city_bureau", "county_bureau"),
        verbs=(
            "split_region", "merge_regions", "rename_region", "open_org", "rename_org", "close_org",
            "assign_regions", "release_regions", "open_account", "invite_account", "renew_invitation",
            "close_account", "reopen_account", "give_role", "end_role",
            "issue_token", "revoke_token", *EVERYONE,
        ),
        reads=(
            "kernel.Org", "kernel.Region", "kernel.Account", "kernel.Grant", "kernel.Token", "kernel.Record",
            "kernel.Job",
            "kernel.Export",
            "kernel.ListLayout",
        ),
    ),
    role(
        "station_staff",
        _("劳务协作站工作人员"),
        _("在驻在城市采集岗位，接收到站的人，签收到岗，回访在岗情况。"),
        at=("station",),
        verbs=COLLECT_DEMAND + RECEIVE_WORKERS + FOLLOW_PLACEMENT + TAKE_QUESTIONS + EVERYONE,
        reads=(
            *READ_DEMAND, *READ_PLACEMENTS, *READ_QUESTIONS, "kernel.Org", "kernel.Job", "kernel.Export",
            "kernel.ListLayout", "kernel.Attachment", "kernel.Record", "kernel.Account",
        ),
    ),
    role(
        "department_clerk",
        _("市直部门联络员"),
        _("按目标采集岗位。"),
        at=("department",),
        verbs=COLLECT_DEMAND + EVERYONE,
        reads=(
            *READ_DEMAND, "kernel.Org", "kernel.Job", "kernel.Export", "kernel.ListLayout", "kernel.Attachment",
            "kernel.Account",
        ),
    ),
    role(
        "employer_clerk",
        _("用人单位经办人"),
        _("提交和更新本单位岗位，答复推荐来的人，确认到岗。"),
        at=("employer",),
        kinds=("employer",),
        verbs=(
            "correct_employer", "submit_demand", "correct_demand", "resubmit_demand", "refresh_demand",
            "close_demand", "accept_worker", "refuse_worker", "reveal_candidate_telephone", *INTERVIEW,
            *RECORD_CONTRACT, *HAVE_BOOTH, *RECEIVE_WORKERS, "report_missing", "end_placement", "confirm_still_there",
            "report_left", *EVERYONE,
        ),
        reads=(
            "employers.Employer", "employers.Demand", "matching.Offer", "matching.InterviewSlot",
            "matching.Interview", "matching.Contract", "matching.JobFair", "matching.Booth", "matching.Interest",
            *READ_PLACEMENTS, "kernel.Org",
            "kernel.Job", "kernel.Export", "kernel.ListLayout", "kernel.Attachment", "kernel.Account",
        ),
    ),
    role(
        "auditor",
        _("审计监督人员"),
        _("查看全部办理过程和记录，不能改动。"),
        at=("city_bureau", "county_bureau"),
        verbs=("note_reading", "export_list", "order_list", *SIGN_IN),
        reads=READ_CHAIN + READ_DELETION + READ_FAIRNESS,
    ),
    role(
        "partner",
        _("对接系统"),
        _("通过接口读取岗位、提交岗位。"),
        at=("city_bureau", "county_bureau", "department", "agency", "training_provider"),
        kinds=("partner",),
        verbs=("register_employer", "submit_demand", "refresh_demand", "close_demand"),
        reads=(*READ_DEMAND, "kernel.Org"),
    ),
    role(
        "worker",
        _("劳动者本人"),
        _("登记和更正自己的资料，答复推荐的岗位，查看谁看过自己的资料。"),
        verbs=(
            "register_oneself", "link_account", "change_own_telephone", "correct_worker", "withdraw_worker",
            "add_skill", "remove_skill", "add_certificate", "remove_certificate", "state_intention", "confirm_status",
            "give_consent", "withdraw_consent", *STATE_ETHNICITY, "agree_to_offer", "decline_offer",
            *SETTLE_CONSEQUENCES, *SAVE_SEARCHES,
            "pick_slot", *MOVE_INTERVIEW, *ANSWER_CONTRACT, *VISIT_FAIR, "confirm_still_there", "report_left",
            "ask_question",
            "reopen_enquiry", "close_enquiry",
            "attach_file", "remove_file", "end_session", "note_reading",
            "ask_deletion", "withdraw_deletion_request", "ask_spouse", "agree_to_spouse", "decline_spouse",
            "take_own_record",
        ),
        reads=(
            *READ_PEOPLE, *READ_DELETION, "workers.SpouseRequest", "workers.StatedEthnicity",
            "employers.Demand", "employers.Employer", "matching.Offer", "matching.Leftover", "matching.Consequence",
            "matching.InterviewSlot", "matching.Interview", "matching.Contract", "matching.SavedSearch",
            "matching.JobFair", "matching.Booth", "matching.Visit", "matching.Interest",
            *READ_PLACEMENTS, *READ_QUESTIONS, "kernel.Org", "kernel.Record", "kernel.Attachment", "kernel.Account",
        ),
    ),
    role(
        "system",
        _("系统时钟"),
        _("按规定的期限自动办理：关闭过期岗位、过期推荐，生成安置。"),
        verbs=(EVERYTHING,),
        reads=(EVERYTHING,),
    ),
)  # fmt: skip
