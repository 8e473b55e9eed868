"""Names of what the domain knows, in Chinese and English. Tables only: never a sentence about a
problem, never Qt.

The command line reads them too, which is why they are no .ts strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

Words = tuple[str, str]

if TYPE_CHECKING:
    from app.domain.acts import Act
    from app.domain.agreements import AgreementForm, AgreementState, Signer, SignMethod
    from app.domain.casefile import PathStep, StepState
    from app.domain.cases import Manner, RiskGrade, Stage
    from app.domain.clocks import ClockKind, Urgency
    from app.domain.committees import CommitteeRole
    from app.domain.completeness import DocumentKind
    from app.domain.parties import PartyRole, StandIn
    from app.domain.people import Capacity
    from app.domain.reviews import Decision, ReviewState
    from app.domain.sessions import ParticipantKind, SessionOutcome, SessionStep
    from app.services.lines import Delivery

    ACT_NAMES: dict[Act, Words]
    STAGE_NAMES: dict[Stage, Words]
    DELIVERY_NAMES: dict[Delivery, Words]
    PATH_NAMES: dict[PathStep, Words]
    STEP_STATE_NAMES: dict[StepState, Words]
    DOCUMENT_NAMES: dict[DocumentKind, Words]
    CAPACITY_NAMES: dict[Capacity, Words]
    PARTY_ROLE_NAMES: dict[PartyRole, Words]
    STAND_IN_NAMES: dict[StandIn, Words]
    SESSION_STEP_NAMES: dict[SessionStep, Words]
    SESSION_OUTCOME_NAMES: dict[SessionOutcome, Words]
    PARTICIPANT_NAMES: dict[ParticipantKind, Words]
    SIGN_METHOD_NAMES: dict[SignMethod, Words]
    SIGNER_NAMES: dict[Signer, Words]
    AGREEMENT_FORM_NAMES: dict[AgreementForm, Words]
    AGREEMENT_STATE_NAMES: dict[AgreementState, Words]
    REVIEW_STATE_NAMES: dict[ReviewState, Words]
    DECISION_NAMES: dict[Decision, Words]
    CLOCK_NAMES: dict[ClockKind, Words]
    URGENCY_NAMES: dict[Urgency, Words]
    GRADE_NAMES: dict[RiskGrade, Words]
    MANNER_NAMES: dict[Manner, Words]
    COMMITTEE_ROLE_NAMES: dict[CommitteeRole, Words]
E = TypeVar("E", bound=StrEnum)

_ACT_NAMES: dict[str, Words] = {
    "committee.saved": ("改了调委会资料", "Committee details saved"),
    "mediator.saved": ("改了调解员资料", "Mediator details saved"),
    "person.saved": ("改了人员资料", "Person saved"),
    "organisation.saved": ("改了单位资料", "Organisation saved"),
    "case.registered": ("登记了案件", "Case registered"),
    "case.saved": ("改了案件内容", "Case details saved"),
    "case.accepted": ("受理", "Accepted"),
    "case.not_accepted": ("决定不受理", "Not accepted"),
    "case.rights_told": ("告知了权利义务", "Rights and duties told"),
    "case.party_refused": ("当事人不愿调解", "A party refused mediation"),
    "case.left": ("调解中途结束", "Mediation ended early"),
    "case.suspended": ("中止调解", "Mediation suspended"),
    "case.resumed": ("恢复调解", "Mediation resumed"),
    "case.closed": ("结案", "Case closed"),
    "case.filed": ("归档", "File bound"),
    "case.imported": ("从文件导入案件", "Case imported from a file"),
    "case.oral_recorded": ("记了一件口头调解", "Oral case recorded"),
    "party.added": ("添加了当事人", "Party added"),
    "party.saved": ("改了当事人", "Party saved"),
    "party.voided": ("作废了一位当事人", "Party voided"),
    "session.opened": ("开始一次调解会", "Session opened"),
    "session.saved": ("改了调解记录", "Session record saved"),
    "session.concluded": ("调解会结束", "Session concluded"),
    "agreement.drafted": ("起草了协议", "Agreement drafted"),
    "agreement.saved": ("改了协议", "Agreement saved"),
    "agreement.finalised": ("协议定稿", "Agreement finalised"),
    "agreement.spoiled": ("协议退回重做", "Agreement taken back for redoing"),
    "agreement.signed": ("记了一次签字", "Signature recorded"),
    "agreement.performed": ("协议履行完", "Agreement performed"),
    "agreement.read": ("读给当事人听", "Agreement read to the parties"),
    "investigation.saved": ("改了调查记录", "Investigation record saved"),
    "evidence.saved": ("改了证据清单", "Evidence list saved"),
    "letter.saved": ("改了通知书或函", "Notice or letter saved"),
    "performance.saved": ("记了履行情况", "Performance recorded"),
    "confirmation.saved": ("改了司法确认申请", "Application for confirmation saved"),
    "attachment.added": ("添加了附件", "Attachment added"),
    "attachment.saved": ("改了附件说明", "Attachment details saved"),
    "papers.printed": ("打印了文书", "Papers printed"),
    "follow_up.saved": ("记了回访", "Follow-up visit saved"),
    "file.submitted": ("报送审核", "File handed in for review"),
    "file.reviewed": ("审核了卷宗", "File reviewed"),
    "case.handed_over": ("移交了案件", "Case handed over"),
    "conflict.settled": ("定了两边写得不一样的地方", "Decided what two had written differently"),
    "numbers.lent": ("收到县局给的号段", "Numbers lent by the county"),
    "numbers.returned": ("退回没用的编号", "Unused numbers given back"),
    "numbers.started": ("记了编号起点", "Start of numbers set"),
}

_STAGE_NAMES: dict[str, Words] = {
    "lead": ("线索", "Lead"),
    "accepted": ("已受理", "Accepted"),
    "investigating": ("调查中", "Investigating"),
    "in_session": ("调解中", "In session"),
    "adjourned": ("改日再调", "Adjourned"),
    "agreed": ("已达成协议", "Agreed"),
    "performing": ("履行中", "Performing"),
    "performed": ("已履行", "Performed"),
    "closed": ("已结案", "Closed"),
    "filed": ("已归档", "Filed"),
    "not_accepted": ("不受理", "Not accepted"),
    "withdrawn": ("申请人撤回", "Withdrawn"),
    "terminated": ("终止调解", "Terminated"),
    "transferred_out": ("已移送", "Transferred"),
    "merged_duplicate": ("并入另案", "Merged"),
    "suspended": ("中止", "Suspended"),
}

_DELIVERY_NAMES: dict[str, Words] = {
    "here": ("已保存在本机", "On this computer"),
    "waiting": ("待上报", "Waiting"),
    "sending": ("正在上报", "Sending"),
    "received": ("县里已收", "Received"),
    "complete": ("县里已收全", "Complete"),
    "attention": ("需要处理", "Needs attention"),
    "foreign": ("别处报来的", "From elsewhere"),
}

# Somebody else's, and of the own committee.
_COLLEAGUES: Words = ("同事在办", "A colleague's")

_PATH_NAMES: dict[str, Words] = {
    "lead": ("线索", "Lead"),
    "acceptance": ("受理", "Accept"),
    "notice": ("告知", "Notice"),
    "investigation": ("调查", "Inquiry"),
    "mediation": ("调解", "Mediate"),
    "agreement": ("协议", "Agreement"),
    "performance": ("履行", "Perform"),
    "follow_up": ("回访", "Follow up"),
    "filing": ("归档", "File"),
}

_STEP_STATE_NAMES: dict[str, Words] = {
    "done": ("已完成", "done"),
    "here": ("当前", "current"),
    "ahead": ("还没到", "ahead"),
    "skipped": ("跳过", "skipped"),
}

_DOCUMENT_NAMES: dict[str, Words] = {
    "cover": ("卷宗封面", "File cover"),
    "contents": ("卷内目录", "Contents"),
    "application": ("调解申请书", "Application"),
    "acceptance_register": ("受理登记表", "Acceptance register"),
    "mediation_notice": ("调解通知书", "Notice of mediation"),
    "non_acceptance_notice": ("不予受理告知书", "Notice of non-acceptance"),
    "rights_notice": ("权利义务告知书", "Rights notice"),
    "power_of_attorney": ("授权委托书", "Power of attorney"),
    "recusal_application": ("回避申请书", "Application for recusal"),
    "investigation_record": ("调查记录", "Investigation record"),
    "evidence_list": ("证据清单", "Evidence list"),
    "mediation_record": ("调解记录", "Mediation record"),
    "extension_consent": ("延长调解期限同意书", "Consent to an extension"),
    "suspension_notice": ("中止调解告知书", "Notice of suspension"),
    "resumption_notice": ("恢复调解告知书", "Notice of resumption"),
    "written_agreement": ("调解协议书", "Mediation agreement"),
    "oral_register": ("口头协议登记表", "Oral agreement register"),
    "termination_notice": ("终止调解告知书", "Notice of termination"),
    "transfer_letter": ("移送函", "Transfer letter"),
    "court_reply": ("复函", "Reply to the court"),
    "service_receipt": ("送达回证", "Service receipt"),
    "performance_receipt": ("履行凭证", "Performance receipt"),
    "follow_up_record": ("回访记录", "Follow-up record"),
    "confirmation_application": ("司法确认申请书", "Application for confirmation"),
    "closing_report": ("结案报告", "Closing report"),
    "file_note": ("卷宗情况说明", "Note on the file"),
    "back_cover": ("封底", "Back cover"),
}

_CAPACITY_NAMES: dict[str, Words] = {
    "full": ("完全民事行为能力", "Full capacity"),
    "limited": ("限制民事行为能力", "Limited capacity"),
    "none": ("无民事行为能力", "No capacity"),
}

_PARTY_ROLE_NAMES: dict[str, Words] = {
    "applicant": ("申请人", "Applicant"),
    "respondent": ("被申请人", "Respondent"),
    "third": ("第三人", "Third person"),
}

_STAND_IN_NAMES: dict[str, Words] = {
    "guardian": ("法定代理人（监护人）", "Guardian"),
    "agent": ("委托代理人", "Agent"),
    "group_representative": ("推选代表人", "Elected representative"),
    "organisation_representative": ("单位代表", "Representative of the organisation"),
}

_SESSION_STEP_NAMES: dict[str, Words] = {
    "rights_told": ("告知权利义务", "Rights and duties told"),
    "manner_told": ("说明调解方式和纪律", "How the session goes"),
    "accounts": ("双方各自陈述", "What each side says"),
    "facts_checked": ("核对事实和证据", "Facts and evidence checked"),
    "risks_told": ("讲法讲理、说明后果", "Law, reason and consequences"),
    "result": ("调解结果", "Result"),
    "signed": ("宣读并签字", "Read out and signed"),
}

_SESSION_OUTCOME_NAMES: dict[str, Words] = {
    "agreed": ("谈成了", "Agreed"),
    "partly_agreed": ("部分谈成", "Partly agreed"),
    "adjourned": ("改日再谈", "Adjourned"),
    "failed": ("没谈成", "No agreement"),
    "withdrawn": ("申请人撤回", "Withdrawn"),
}

_PARTICIPANT_NAMES: dict[str, Words] = {
    "invited": ("邀请参与", "Invited"),
    "witness": ("见证人", "Witness"),
    "interpreter": ("翻译", "Interpreter"),
}

_SIGN_METHOD_NAMES: dict[str, Words] = {
    "signature": ("签名", "Signature"),
    "seal": ("盖章", "Seal"),
    "fingerprint": ("按指印", "Fingerprint"),
}

_SIGNER_NAMES: dict[str, Words] = {
    "party": ("当事人", "Party"),
    "mediator": ("调解员", "Mediator"),
    "recorder": ("记录人", "Recorder"),
    "committee": ("调委会（盖章）", "Committee (seal)"),
}

_AGREEMENT_FORM_NAMES: dict[str, Words] = {
    "written": ("书面协议", "Written agreement"),
    "oral": ("口头协议", "Oral agreement"),
}

_AGREEMENT_STATE_NAMES: dict[str, Words] = {
    "draft": ("草稿", "Draft"),
    "final": ("已定稿，等签字", "Final, to be signed"),
    "effective": ("已生效", "In effect"),
    "void": ("作废", "Void"),
}

_REVIEW_STATE_NAMES: dict[str, Words] = {
    "none": ("未报审", "Not handed in"),
    "submitted": ("等待审核", "Waiting for review"),
    "returned": ("退回修改", "Returned"),
    "approved": ("审核通过", "Approved"),
}

_DECISION_NAMES: dict[str, Words] = {
    "remark": ("留意见", "Remark"),
    "returned": ("退回修改", "Returned"),
    "approved": ("审核通过", "Approved"),
}

_CLOCK_NAMES: dict[str, Words] = {
    "mediation": ("调解期限", "Time for mediation"),
    "confirmation": ("申请司法确认", "Judicial confirmation"),
    "payment": ("付款", "Payment"),
    "first_visit": ("首次回访", "First follow-up visit"),
}

_URGENCY_NAMES: dict[str, Words] = {
    "calm": ("时间还早", "In good time"),
    "soon": ("快到了", "Soon"),
    "over": ("已过期", "Overdue"),
}

_GRADE_NAMES: dict[str, Words] = {
    "RED": ("红", "Red"),
    "YELLOW": ("黄", "Yellow"),
    "BLUE": ("蓝", "Blue"),
}

_MANNER_NAMES: dict[str, Words] = {
    "oral": ("口头", "Orally"),
    "written": ("书面", "In writing"),
}


_COMMITTEE_ROLE_NAMES: dict[str, Words] = {
    "director": ("主任", "Director"),
    "deputy": ("副主任", "Deputy director"),
    "member": ("委员", "Member"),
    "engaged": ("聘任调解员", "Engaged mediator"),
}

ACTOR_ROLE_NAMES: dict[str, Words] = {
    "mediator": ("调解员", "Mediator"),
    "supervisor": ("司法所审核人员", "Supervisor"),
    "administrator": ("县级管理员", "County administrator"),
}

KIND_NAMES: dict[str, Words] = {
    "committee": ("调委会", "Committee"),
    "mediator": ("调解员", "Mediator"),
    "person": ("人员", "Person"),
    "organisation": ("单位", "Organisation"),
    "case": ("案件", "Case"),
    "party": ("当事人", "Party"),
    "session": ("调解会", "Session"),
    "agreement": ("协议", "Agreement"),
    "follow_up": ("回访", "Follow-up"),
    "review": ("审核意见", "Review"),
    "submission": ("报审", "Hand-in"),
    "issued_number": ("编号", "Number"),
    "number_block": ("号段", "Block of numbers"),
    "attachment": ("附件", "Attachment"),
    "investigation": ("调查记录", "Investigation record"),
    "evidence": ("证据", "Evidence"),
    "letter": ("通知书和函", "Letter"),
    "performance": ("履行凭证", "Proof of performance"),
    "confirmation": ("司法确认申请", "Application for confirmation"),
    "printing": ("打印记录", "Record of a print"),
    "reading": ("宣读记录", "Record of reading aloud"),
    "handover": ("移交", "Hand-over"),
    "settlement": ("两人写法不一的处理", "Decision between two versions"),
}

# Name of a field, by ``owner.field`` where owners differ and by ``field`` alone otherwise.
FIELD_NAMES: dict[str, Words] = {
    "case.agreements": ("调解协议", "Agreement"),
    "case.sessions": ("调解记录", "Mediation record"),
    "case.parties": ("双方当事人", "Both parties"),
    "case.facts": ("纠纷简要情况", "Facts of the dispute"),
    "case.committee": ("调委会名称", "Name of the committee"),
    "case.matter": ("为什么事", "What it is about"),
    "case.title": ("卷名", "Title of the file"),
    "agreement.facts": ("主要事实和争议事项", "Main facts and disputed points"),
    "agreement.number": ("协议编号", "Number of the agreement"),
    "agreement.party_ids": ("协议当事人", "Parties to the agreement"),
    "agreement.place": ("履行地点", "Place of performance"),
    "organisation.name": ("单位名称", "Name of the organisation"),
    "organisation.kind": ("单位类别", "Kind of organisation"),
    "person.name": ("姓名", "Name"),
    "mediator.name": ("调解员姓名", "Name of the mediator"),
    "committee.name": ("调委会名称", "Name of the committee"),
    "handover.from_name": ("移交人", "Handed over by"),
    "handover.to_name": ("接手人", "Taken over by"),
    "handover.by_name": ("谁定的", "Decided by"),
    "handover.to_device": ("由谁办", "Who has the case"),
    "settlement.choices": ("选定的内容", "What was chosen"),
    "settlement.settled_by": ("谁定的", "Decided by"),
    "follow_up.findings": ("回访情况", "What was found"),
    "review.text": ("审核意见", "Remark"),
    "session.place": ("调解地点", "Place of the session"),
    "accepted_on": ("受理日期", "Date of acceptance"),
    "address": ("住址", "Address"),
    "age": ("年龄或出生日期", "Age or date of birth"),
    "agent_kind": ("代理类别", "Kind of agency"),
    "amount": ("金额", "Amount"),
    "amount_claimed": ("涉及金额", "Amount claimed"),
    "attendance": ("到场人员", "Who was present"),
    "begun_at": ("开始时间", "Begun at"),
    "birth_date": ("出生日期", "Date of birth"),
    "capacity": ("民事行为能力", "Capacity"),
    "capacity_reason": ("行为能力的依据", "Ground for the capacity"),
    "cannot_read": ("不识字", "Cannot read"),
    "clauses": ("协议内容", "Clauses"),
    "closing": ("结案情况", "Closing"),
    "code": ("登记码", "Enrolment code"),
    "committee": ("调委会", "Committee"),
    "committee_id": ("调委会", "Committee"),
    "content_hash": ("定稿指纹", "Fingerprint of the final text"),
    "copies": ("份数", "Copies"),
    "credit_code": ("统一社会信用代码", "Credit code"),
    "credit_reason": ("代码不合规的原因", "Why an irregular code is kept"),
    "deadline": ("履行期限", "Deadline"),
    "difficulty": ("难易程度", "Difficulty"),
    "dispute_tags": ("纠纷标签", "Tags"),
    "dispute_type": ("纠纷类型", "Dispute type"),
    "due_on": ("付款日期", "Due date"),
    "ended_at": ("结束时间", "Ended at"),
    "ethnicity": ("民族", "Ethnic group"),
    "exit_reason": ("原因", "Reason"),
    "fen": ("金额", "Amount"),
    "file_no": ("卷号", "File number"),
    "filed_on": ("归档日期", "Filed on"),
    "findings": ("回访情况", "What was found"),
    "for_confirmation": ("申请司法确认", "For judicial confirmation"),
    "group": ("所属群体", "Group"),
    "held_on": ("调解日期", "Date of the session"),
    "id_kind": ("证件种类", "Kind of card"),
    "id_no": ("证件号码", "Card number"),
    "id_reason": ("号码不合规的原因", "Why an irregular number is kept"),
    "instalments": ("分期付款", "Instalments"),
    "kind": ("类别", "Kind"),
    "legal_representative": ("法定代表人", "Legal representative"),
    "made_on": ("协议日期", "Date of the agreement"),
    "effective_on": ("协议生效日期", "Day the agreement took effect"),
    "manner": ("履行方式", "Manner of performance"),
    "manner_code": ("履行方式", "Manner of performance"),
    "mediator_ids": ("调解员", "Mediator"),
    "method": ("回访方式", "Way of visiting"),
    "methods": ("签字方式", "Way of signing"),
    "name": ("名称", "Name"),
    "next_on": ("下次日期", "Next date"),
    "note": ("备注", "Note"),
    "number": ("编号", "Number"),
    "occupation": ("职业", "Occupation"),
    "occurred_on": ("发生日期", "Date it happened"),
    "occurred_place": ("发生地点", "Place it happened"),
    "on": ("日期", "Date"),
    "outcome": ("本次结果", "Outcome"),
    "outcome_text": ("结果说明", "Outcome in words"),
    "participants": ("其他参加人", "Others present"),
    "party": ("当事人", "Party"),
    "party_id": ("当事人", "Party"),
    "parties": ("当事人", "Parties"),
    "party_ids": ("当事人", "Parties"),
    "password": ("口令", "Password"),
    "payment": ("付款", "Payment"),
    "payee_id": ("收款人", "Payee"),
    "payer_id": ("付款人", "Payer"),
    "performance": ("履行情况", "Performance"),
    "performed_on": ("履行完日期", "Performed on"),
    "person": ("人员", "Person"),
    "phone": ("电话", "Telephone"),
    "place": ("地点", "Place"),
    "powers": ("代理权限", "Powers"),
    "prevented_harms": ("避免的后果", "Harm prevented"),
    "proof": ("证明材料", "Proof"),
    "reason": ("原因", "Reason"),
    "recorder": ("记录人", "Recorder"),
    "refusal": ("不愿调解", "Refusal"),
    "region_code": ("所在地区", "Region"),
    "region_name": ("所在地区", "Region"),
    "registrar": ("登记人", "Registered by"),
    "relation": ("关系", "Relation"),
    "reported_on": ("来反映的日期", "Reported on"),
    "representations": ("代理人", "Stand-ins"),
    "representative_post": ("职务", "Post"),
    "requests": ("当事人请求", "Requests"),
    "responsibility": ("各方责任", "Responsibility of each party"),
    "result": ("调解结果", "Result"),
    "retention": ("保管期限", "Retention"),
    "rights_notice": ("权利义务告知", "Rights notice"),
    "rights_notice.party_ids": ("告知对象（还有人没告知到）", "Rights notice to every party"),
    "risk_grade": ("风险等级", "Risk grade"),
    "risk_reason": ("风险说明", "Reason for the grade"),
    "role": ("身份", "Role"),
    "satisfaction": ("满意程度", "Satisfaction"),
    "scope": ("受理范围", "Scope"),
    "scope_reason": ("可以受理的理由", "Why it can be accepted"),
    "sex": ("性别", "Sex"),
    "short_name": ("编号用的简称", "Short name for numbers"),
    "side": ("一方", "Side"),
    "sign_offs": ("签字", "Signatures"),
    "sign_offs.mediator": ("调解员签字", "Mediator's signature"),
    "sign_offs.committee": ("调委会盖章", "Committee's seal"),
    "source": ("案件来源", "Source"),
    "source_detail": ("来源说明", "Source in words"),
    "source_note": ("资料出处", "Where it comes from"),
    "special_groups": ("特殊群体", "Special groups"),
    "stage": ("进展", "Stage"),
    "stated_age": ("年龄", "Age"),
    "stated_age_on": ("年龄的日期", "Date of the age"),
    "supplement_of": ("补充的协议", "Supplements"),
    "target": ("针对", "About"),
    "text": ("内容", "Text"),
    "told_by": ("告知人", "Told by"),
    "told_on": ("告知日期", "Told on"),
    "url": ("县局地址", "County address"),
    "visited_on": ("回访日期", "Date of the visit"),
    "visitor": ("回访人", "Visitor"),
    "void_reason": ("作废原因", "Reason for voiding"),
    "way": ("付款方式", "Way of payment"),
    "attachment.name": ("附件名称", "Name of the attachment"),
    "confirmation.accepted_on": ("法院受理日期", "Date the court took it"),
    "confirmation.reason": ("法院的理由", "Reason of the court"),
    "evidence.copies": ("份数", "Copies"),
    "attachment.caption": ("说明", "What it shows"),
    "evidence.given_by": ("哪一方提供", "Handed in by"),
    "evidence.original": ("原件还是复印件", "Original or copy"),
    "evidence.kind": ("证据种类", "Kind of evidence"),
    "evidence.submitted_on": ("提交日期", "Handed in on"),
    "evidence.name": ("证据名称", "Name of the evidence"),
    "evidence.source": ("证据来源", "Where the evidence comes from"),
    "investigation.held_on": ("调查日期", "Date of the talk"),
    "investigation.person_id": ("被调查人", "Person asked"),
    "investigation.place": ("调查地点", "Place of the talk"),
    "investigation.relation": ("和纠纷的关系", "Relation to the dispute"),
    "letter.made_on": ("落款日期", "Date of the letter"),
    "letter.number": ("文书编号", "Number of the letter"),
    "letter.party_ids": ("收件的当事人", "Parties addressed"),
    "letter.place": ("调解地点", "Place of the session"),
    "letter.reply": ("回执", "Receipt slip"),
    "performance.done_on": ("履行日期", "Date it was done"),
    "performance.what": ("履行内容", "What was done"),
    "accepted": ("是否受理", "Taken or not"),
    "addressee": ("收件单位", "Addressee"),
    "addresses": ("送达地址", "Addresses for service"),
    "applied_on": ("申请日期", "Date of the application"),
    "by": ("送达人", "Served by"),
    "caption": ("说明", "Caption"),
    "case_no": ("法院案号", "Number of the court's case"),
    "checked_by": ("检查人", "Checked by"),
    "checked_on": ("检查日期", "Checked on"),
    "compared_by": ("核对人", "Compared by"),
    "compared_on": ("核对日期", "Compared on"),
    "content": ("正文", "Text"),
    "court": ("法院", "Court"),
    "decided_on": ("决定日期", "Date of the decision"),
    "decision": ("决定", "Decision"),
    "deliveries": ("送达情况", "Service"),
    "deliveries.on": ("送达日期", "Date of service"),
    "done_on": ("履行日期", "Date it was done"),
    "duties": ("义务", "Duties"),
    "enclosures": ("随附材料", "Enclosures"),
    "exchanges": ("问答", "Questions and answers"),
    "answer": ("答", "Answer"),
    "question": ("问", "Question"),
    "file_note.filed_on": ("立卷日期", "File bound on"),
    "file_note.situation": ("卷宗情况", "State of the file"),
    "filed_by": ("立卷人", "Bound by"),
    "handler": ("经办人", "Handled by"),
    "investigator_ids": ("调查人", "Investigators"),
    "issued_on": ("给号日期", "Number given on"),
    "matter": ("事由", "Matter"),
    "meeting_at": ("调解时间", "Time of the session"),
    "meeting_on": ("调解日期", "Date of the session"),
    "others": ("其他在场人", "Others present"),
    "pages": ("页数", "Pages"),
    "property_proof": ("财产权属材料", "Proof of property"),
    "proves": ("证明内容", "What it shows"),
    "received_by": ("收件人", "Received by"),
    "recipient": ("受送达人", "Person served"),
    "reply.on": ("回执日期", "Date of the slip"),
    "reply.words": ("回执内容", "Words of the slip"),
    "returned_on": ("退还日期", "Given back on"),
    "serial": ("序号", "Serial"),
    "situation": ("卷宗情况", "State of the file"),
    "spoiled_reason": ("作废原因", "Why it was spoiled"),
    "spoiled_sheets": ("作废张数", "Spoiled sheets"),
    "submitted_on": ("提交日期", "Handed in on"),
    "subsidy_class": ("补贴等级", "Class of the subsidy"),
    "taken_at_place": ("拍摄地点", "Where it was taken"),
    "taken_by": ("拍摄人", "Taken by"),
    "taken_on": ("拍摄日期", "Taken on"),
    "until": ("到哪一天", "Until"),
    "waivers": ("保留的提醒", "Overridden warnings"),
    "what": ("内容", "What"),
    "witness": ("见证人", "Witness"),
    "words": ("原话", "Words"),
    "applied_orally": ("口头申请", "Applied by word of mouth"),
    "attachments": ("照片和扫描件", "Photos and scans"),
    "case.review": ("案卷评查", "Review of the file"),
    "evidence": ("证据", "Evidence"),
    "fee_taken": ("收过当事人的钱", "A fee was taken"),
    "file_note": ("卷宗情况说明", "Note on the file"),
    "follow_ups": ("回访", "Follow-up visits"),
    "investigations": ("调查", "Investigations"),
    "performances": ("履行", "Performance"),
    "frozen_names": ("定稿时的姓名", "Names when it was made final"),
    "party_blocks": ("定稿时的当事人情况", "Parties when it was made final"),
    "person_id": ("人员", "Person"),
    "printings": ("打印记录", "Print log"),
    "subject_id": ("送达的文书", "Paper that was served"),
    "visits": ("该做的回访", "Visits to be made"),
    "letter.reason": ("原因", "Reason"),
    "reason_code": ("原因", "Reason"),
    "addressee_code": ("收件单位", "Addressee"),
    "follow_up_id": ("看到的那次回访", "Visit that found it"),
    "duty": ("哪项义务", "Which duty"),
}


# Public table -> where its enum stands. A table with the enum's members as keys is made when it is
# first asked for: the window starts with a few names and not with the whole domain.
_ENUMS = {
    "ACT_NAMES": ("app.domain.acts", "Act"),
    "STAGE_NAMES": ("app.domain.cases", "Stage"),
    "DELIVERY_NAMES": ("app.services.lines", "Delivery"),
    "PATH_NAMES": ("app.domain.casefile", "PathStep"),
    "STEP_STATE_NAMES": ("app.domain.casefile", "StepState"),
    "DOCUMENT_NAMES": ("app.domain.completeness", "DocumentKind"),
    "CAPACITY_NAMES": ("app.domain.people", "Capacity"),
    "PARTY_ROLE_NAMES": ("app.domain.parties", "PartyRole"),
    "STAND_IN_NAMES": ("app.domain.parties", "StandIn"),
    "SESSION_STEP_NAMES": ("app.domain.sessions", "SessionStep"),
    "SESSION_OUTCOME_NAMES": ("app.domain.sessions", "SessionOutcome"),
    "PARTICIPANT_NAMES": ("app.domain.sessions", "ParticipantKind"),
    "SIGN_METHOD_NAMES": ("app.domain.agreements", "SignMethod"),
    "SIGNER_NAMES": ("app.domain.agreements", "Signer"),
    "AGREEMENT_FORM_NAMES": ("app.domain.agreements", "AgreementForm"),
    "AGREEMENT_STATE_NAMES": ("app.domain.agreements", "AgreementState"),
    "REVIEW_STATE_NAMES": ("app.domain.reviews", "ReviewState"),
    "DECISION_NAMES": ("app.domain.reviews", "Decision"),
    "CLOCK_NAMES": ("app.domain.clocks", "ClockKind"),
    "URGENCY_NAMES": ("app.domain.clocks", "Urgency"),
    "GRADE_NAMES": ("app.domain.cases", "RiskGrade"),
    "MANNER_NAMES": ("app.domain.cases", "Manner"),
    "COMMITTEE_ROLE_NAMES": ("app.domain.committees", "CommitteeRole"),
}


def __getattr__(name: str) -> dict[StrEnum, Words]:
    if name not in _ENUMS:
        raise AttributeError(name)
    module, enum = _ENUMS[name]
    words: dict[str, Words] = globals()[f"_{name}"]
    table = {getattr(import_module(module), enum)(value): pair for value, pair in words.items()}
    globals()[name] = table
    return table


def pick(words: Words, language: str) -> str:
    """The Chinese or the English of a pair."""
    return words[1] if language.startswith("en") else words[0]


def name_of(table: Mapping[E, Words] | Mapping[str, Words], value: str, language: str) -> str:
    """The name of `value` in one of the tables above; the value itself where nobody knows it."""
    words: Words | None = table.get(value)  # type: ignore[call-overload]  # a StrEnum is its text
    return pick(words, language) if words else value


def act_name(act: str, language: str) -> str:
    return name_of(_ACT_NAMES, act, language)


def stage_name(stage: str, language: str) -> str:
    return name_of(_STAGE_NAMES, stage, language)


def delivery_name(delivery: str, language: str, *, colleague: bool = False) -> str:
    """`colleague`: a case that somebody of the own committee has."""
    if colleague and delivery == "foreign":
        return pick(_COLLEAGUES, language)
    return name_of(_DELIVERY_NAMES, delivery, language)


def document_name(kind: str, language: str) -> str:
    return name_of(_DOCUMENT_NAMES, kind, language)


def path_name(step: str, language: str) -> str:
    return name_of(_PATH_NAMES, step, language)


def field_name(owner: str, field: str, language: str) -> str:
    """What people call a field: ``("session", "steps.result")`` -> 调解结果. Falls back to ever
    shorter parts of the path.
    """
    step = field.removeprefix("steps.")
    if field.startswith("steps.") and step in _SESSION_STEP_NAMES:
        return name_of(_SESSION_STEP_NAMES, step, language)
    parts = [part for part in field.split(".") if not part.isdigit()]
    tries = [f"{owner}.{field}", field]
    tries += [".".join(parts[index:]) for index in range(len(parts))]
    if parts:
        tries += [f"{owner}.{parts[-1]}", f"{owner}.{parts[0]}", parts[0]]
    words = next((FIELD_NAMES[one] for one in tries if one in FIELD_NAMES), None)
    return pick(words, language) if words else field
