"""Names of what the domain knows, in Chinese and English. Tables only: never a sentence about a
problem, never Qt.

The command line reads them too, which is why they are no .ts strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from app.domain.acts import Act
from app.domain.agreements import AgreementForm, AgreementState, Signer, SignMethod
from app.domain.casefile import PathStep, StepState
from app.domain.cases import Manner, Retention, RiskGrade, Stage
from app.domain.clocks import ClockKind, Urgency
from app.domain.committees import CommitteeRole
from app.domain.completeness import DocumentKind
from app.domain.parties import PartyRole, StandIn
from app.domain.people import Capacity
from app.domain.reviews import Decision, ReviewState
from app.domain.sessions import ParticipantKind, SessionOutcome, SessionStep
from app.services.lines import Delivery

Words = tuple[str, str]
E = TypeVar("E", bound=StrEnum)

ACT_NAMES: dict[Act, Words] = {
    Act.COMMITTEE_SAVED: ("改了调委会资料", "Committee details saved"),
    Act.MEDIATOR_SAVED: ("改了调解员资料", "Mediator details saved"),
    Act.PERSON_SAVED: ("改了人员资料", "Person saved"),
    Act.ORGANISATION_SAVED: ("改了单位资料", "Organisation saved"),
    Act.CASE_REGISTERED: ("登记了案件", "Case registered"),
    Act.CASE_SAVED: ("改了案件内容", "Case details saved"),
    Act.CASE_ACCEPTED: ("受理", "Accepted"),
    Act.CASE_NOT_ACCEPTED: ("决定不受理", "Not accepted"),
    Act.RIGHTS_TOLD: ("告知了权利义务", "Rights and duties told"),
    Act.PARTY_REFUSED: ("当事人不愿调解", "A party refused mediation"),
    Act.CASE_LEFT: ("调解中途结束", "Mediation ended early"),
    Act.CASE_SUSPENDED: ("中止调解", "Mediation suspended"),
    Act.CASE_RESUMED: ("恢复调解", "Mediation resumed"),
    Act.CASE_CLOSED: ("结案", "Case closed"),
    Act.CASE_FILED: ("归档", "File bound"),
    Act.CASE_IMPORTED: ("从文件导入案件", "Case imported from a file"),
    Act.ORAL_CASE_RECORDED: ("记了一件口头调解", "Oral case recorded"),
    Act.PARTY_ADDED: ("添加了当事人", "Party added"),
    Act.PARTY_SAVED: ("改了当事人", "Party saved"),
    Act.PARTY_VOIDED: ("作废了一位当事人", "Party voided"),
    Act.SESSION_OPENED: ("开始一次调解会", "Session opened"),
    Act.SESSION_SAVED: ("改了调解记录", "Session record saved"),
    Act.SESSION_CONCLUDED: ("调解会结束", "Session concluded"),
    Act.AGREEMENT_DRAFTED: ("起草了协议", "Agreement drafted"),
    Act.AGREEMENT_SAVED: ("改了协议", "Agreement saved"),
    Act.AGREEMENT_FINALISED: ("协议定稿", "Agreement finalised"),
    Act.AGREEMENT_SPOILED: ("协议退回重做", "Agreement taken back for redoing"),
    Act.AGREEMENT_SIGNED: ("记了一次签字", "Signature recorded"),
    Act.AGREEMENT_PERFORMED: ("协议履行完", "Agreement performed"),
    Act.FOLLOW_UP_SAVED: ("记了回访", "Follow-up visit saved"),
    Act.FILE_SUBMITTED: ("报送审核", "File handed in for review"),
    Act.FILE_REVIEWED: ("审核了卷宗", "File reviewed"),
    Act.NUMBERS_LENT: ("记了编号起点", "Start of numbers set"),
}

STAGE_NAMES: dict[Stage, Words] = {
    Stage.LEAD: ("线索", "Lead"),
    Stage.ACCEPTED: ("已受理", "Accepted"),
    Stage.INVESTIGATING: ("调查中", "Investigating"),
    Stage.IN_SESSION: ("调解中", "In session"),
    Stage.ADJOURNED: ("改日再调", "Adjourned"),
    Stage.AGREED: ("已达成协议", "Agreed"),
    Stage.PERFORMING: ("履行中", "Performing"),
    Stage.PERFORMED: ("已履行", "Performed"),
    Stage.CLOSED: ("已结案", "Closed"),
    Stage.FILED: ("已归档", "Filed"),
    Stage.NOT_ACCEPTED: ("不受理", "Not accepted"),
    Stage.WITHDRAWN: ("申请人撤回", "Withdrawn"),
    Stage.TERMINATED: ("终止调解", "Terminated"),
    Stage.TRANSFERRED_OUT: ("已移送", "Transferred"),
    Stage.MERGED_DUPLICATE: ("并入另案", "Merged"),
    Stage.SUSPENDED: ("中止", "Suspended"),
}

DELIVERY_NAMES: dict[Delivery, Words] = {
    Delivery.HERE: ("已保存在本机", "On this computer"),
    Delivery.WAITING: ("待上报", "Waiting"),
    Delivery.SENDING: ("正在上报", "Sending"),
    Delivery.RECEIVED: ("县里已收", "Received"),
    Delivery.COMPLETE: ("县里已收全", "Complete"),
    Delivery.ATTENTION: ("需要处理", "Needs attention"),
    Delivery.FOREIGN: ("别处报来的", "From elsewhere"),
}

PATH_NAMES: dict[PathStep, Words] = {
    PathStep.LEAD: ("线索", "Lead"),
    PathStep.ACCEPTANCE: ("受理", "Accept"),
    PathStep.NOTICE: ("告知", "Notice"),
    PathStep.INVESTIGATION: ("调查", "Inquiry"),
    PathStep.MEDIATION: ("调解", "Mediate"),
    PathStep.AGREEMENT: ("协议", "Agreement"),
    PathStep.PERFORMANCE: ("履行", "Perform"),
    PathStep.FOLLOW_UP: ("回访", "Follow up"),
    PathStep.FILING: ("归档", "File"),
}

STEP_STATE_NAMES: dict[StepState, Words] = {
    StepState.DONE: ("已完成", "done"),
    StepState.HERE: ("当前", "current"),
    StepState.AHEAD: ("还没到", "ahead"),
    StepState.SKIPPED: ("跳过", "skipped"),
}

DOCUMENT_NAMES: dict[DocumentKind, Words] = {
    DocumentKind.COVER: ("卷宗封面", "File cover"),
    DocumentKind.ACCEPTANCE_REGISTER: ("受理登记表", "Acceptance register"),
    DocumentKind.RIGHTS_NOTICE: ("权利义务告知书", "Rights notice"),
    DocumentKind.MEDIATION_RECORD: ("调解记录", "Mediation record"),
    DocumentKind.WRITTEN_AGREEMENT: ("调解协议书", "Mediation agreement"),
    DocumentKind.ORAL_REGISTER: ("口头协议登记表", "Oral agreement register"),
}

CAPACITY_NAMES: dict[Capacity, Words] = {
    Capacity.FULL: ("完全民事行为能力", "Full capacity"),
    Capacity.LIMITED: ("限制民事行为能力", "Limited capacity"),
    Capacity.NONE: ("无民事行为能力", "No capacity"),
}

PARTY_ROLE_NAMES: dict[PartyRole, Words] = {
    PartyRole.APPLICANT: ("申请人", "Applicant"),
    PartyRole.RESPONDENT: ("被申请人", "Respondent"),
    PartyRole.THIRD: ("第三人", "Third person"),
}

STAND_IN_NAMES: dict[StandIn, Words] = {
    StandIn.GUARDIAN: ("法定代理人（监护人）", "Guardian"),
    StandIn.AGENT: ("委托代理人", "Agent"),
    StandIn.GROUP_REPRESENTATIVE: ("推选代表人", "Elected representative"),
    StandIn.ORGANISATION_REPRESENTATIVE: ("单位代表", "Representative of the organisation"),
}

SESSION_STEP_NAMES: dict[SessionStep, Words] = {
    SessionStep.RIGHTS_TOLD: ("告知权利义务", "Rights and duties told"),
    SessionStep.MANNER_TOLD: ("说明调解方式和纪律", "How the session goes"),
    SessionStep.ACCOUNTS: ("双方各自陈述", "What each side says"),
    SessionStep.FACTS_CHECKED: ("核对事实和证据", "Facts and evidence checked"),
    SessionStep.RISKS_TOLD: ("讲法讲理、说明后果", "Law, reason and consequences"),
    SessionStep.RESULT: ("调解结果", "Result"),
    SessionStep.SIGNED: ("宣读并签字", "Read out and signed"),
}

SESSION_OUTCOME_NAMES: dict[SessionOutcome, Words] = {
    SessionOutcome.AGREED: ("谈成了", "Agreed"),
    SessionOutcome.PARTLY_AGREED: ("部分谈成", "Partly agreed"),
    SessionOutcome.ADJOURNED: ("改日再谈", "Adjourned"),
    SessionOutcome.FAILED: ("没谈成", "No agreement"),
    SessionOutcome.WITHDRAWN: ("申请人撤回", "Withdrawn"),
}

PARTICIPANT_NAMES: dict[ParticipantKind, Words] = {
    ParticipantKind.INVITED: ("邀请参与", "Invited"),
    ParticipantKind.WITNESS: ("见证人", "Witness"),
    ParticipantKind.INTERPRETER: ("翻译", "Interpreter"),
}

SIGN_METHOD_NAMES: dict[SignMethod, Words] = {
    SignMethod.SIGNATURE: ("签名", "Signature"),
    SignMethod.SEAL: ("盖章", "Seal"),
    SignMethod.FINGERPRINT: ("按指印", "Fingerprint"),
}

SIGNER_NAMES: dict[Signer, Words] = {
    Signer.PARTY: ("当事人", "Party"),
    Signer.MEDIATOR: ("调解员", "Mediator"),
    Signer.RECORDER: ("记录人", "Recorder"),
    Signer.COMMITTEE: ("调委会（盖章）", "Committee (seal)"),
}

AGREEMENT_FORM_NAMES: dict[AgreementForm, Words] = {
    AgreementForm.WRITTEN: ("书面协议", "Written agreement"),
    AgreementForm.ORAL: ("口头协议", "Oral agreement"),
}

AGREEMENT_STATE_NAMES: dict[AgreementState, Words] = {
    AgreementState.DRAFT: ("草稿", "Draft"),
    AgreementState.FINAL: ("已定稿，等签字", "Final, to be signed"),
    AgreementState.EFFECTIVE: ("已生效", "In effect"),
    AgreementState.VOID: ("作废", "Void"),
}

REVIEW_STATE_NAMES: dict[ReviewState, Words] = {
    ReviewState.NONE: ("未报审", "Not handed in"),
    ReviewState.SUBMITTED: ("等待审核", "Waiting for review"),
    ReviewState.RETURNED: ("退回修改", "Returned"),
    ReviewState.APPROVED: ("审核通过", "Approved"),
}

DECISION_NAMES: dict[Decision, Words] = {
    Decision.REMARK: ("留意见", "Remark"),
    Decision.RETURNED: ("退回修改", "Returned"),
    Decision.APPROVED: ("审核通过", "Approved"),
}

CLOCK_NAMES: dict[ClockKind, Words] = {
    ClockKind.MEDIATION: ("调解期限", "Time for mediation"),
    ClockKind.CONFIRMATION: ("申请司法确认", "Judicial confirmation"),
    ClockKind.PAYMENT: ("付款", "Payment"),
    ClockKind.FIRST_VISIT: ("首次回访", "First follow-up visit"),
}

URGENCY_NAMES: dict[Urgency, Words] = {
    Urgency.CALM: ("时间还早", "In good time"),
    Urgency.SOON: ("快到了", "Soon"),
    Urgency.OVER: ("已过期", "Overdue"),
}

GRADE_NAMES: dict[RiskGrade, Words] = {
    RiskGrade.RED: ("红", "Red"),
    RiskGrade.YELLOW: ("黄", "Yellow"),
    RiskGrade.BLUE: ("蓝", "Blue"),
}

MANNER_NAMES: dict[Manner, Words] = {
    Manner.ORAL: ("口头", "Orally"),
    Manner.WRITTEN: ("书面", "In writing"),
}

RETENTION_NAMES: dict[Retention, Words] = {
    Retention.SHORT: ("短期", "Short"),
    Retention.LONG: ("长期", "Long"),
    Retention.PERMANENT: ("永久", "Permanent"),
}

COMMITTEE_ROLE_NAMES: dict[CommitteeRole, Words] = {
    CommitteeRole.DIRECTOR: ("主任", "Director"),
    CommitteeRole.DEPUTY: ("副主任", "Deputy director"),
    CommitteeRole.MEMBER: ("委员", "Member"),
    CommitteeRole.ENGAGED: ("聘任调解员", "Engaged mediator"),
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
}


def pick(words: Words, language: str) -> str:
    """The Chinese or the English of a pair."""
    return words[1] if language.startswith("en") else words[0]


def name_of(table: Mapping[E, Words] | Mapping[str, Words], value: str, language: str) -> str:
    """The name of `value` in one of the tables above; the value itself where nobody knows it."""
    words: Words | None = table.get(value)  # type: ignore[call-overload]  # a StrEnum is its text
    return pick(words, language) if words else value


def act_name(act: str, language: str) -> str:
    return name_of(ACT_NAMES, act, language)


def stage_name(stage: str, language: str) -> str:
    return name_of(STAGE_NAMES, stage, language)


def delivery_name(delivery: str, language: str) -> str:
    return name_of(DELIVERY_NAMES, delivery, language)


def document_name(kind: str, language: str) -> str:
    return name_of(DOCUMENT_NAMES, kind, language)


def path_name(step: str, language: str) -> str:
    return name_of(PATH_NAMES, step, language)


def field_name(owner: str, field: str, language: str) -> str:
    """What people call a field: ``("session", "steps.result")`` -> 调解结果. Falls back to ever
    shorter parts of the path.
    """
    step = field.removeprefix("steps.")
    if field.startswith("steps.") and step in SESSION_STEP_NAMES:
        return name_of(SESSION_STEP_NAMES, step, language)
    parts = [part for part in field.split(".") if not part.isdigit()]
    tries = [f"{owner}.{field}", field]
    tries += [".".join(parts[index:]) for index in range(len(parts))]
    if parts:
        tries += [f"{owner}.{parts[-1]}", f"{owner}.{parts[0]}", parts[0]]
    words = next((FIELD_NAMES[one] for one in tries if one in FIELD_NAMES), None)
    return pick(words, language) if words else field
