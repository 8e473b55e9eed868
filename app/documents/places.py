"""Where on a paper a value stands, in the form's own words: for telling a person which field to
look at.

Never holds the value itself.
"""

from __future__ import annotations

from app.documents.wording import TITLES
from app.domain.completeness import DocumentKind

PLACES = {
    "address": "单位或住址",
    "applicants": "申请人",
    "clauses": "协议内容",
    "closing": "告知书正文",
    "committee": "人民调解委员会名称",
    "deadline": "履行时限",
    "dispute_type": "纠纷类型",
    "ethnicity": "民族",
    "facts": "纠纷事实",
    "file_title": "卷名",
    "instalments": "分期",
    "manner": "履行方式",
    "matter": "事由",
    "mediators": "人民调解员",
    "name": "姓名（名称）",
    "number": "编号",
    "number_blank": "编号样式",
    "occupation": "职业或职务",
    "opening": "告知书正文",
    "outcome_text": "调解结果",
    "participants": "参加人",
    "parties": "当事人",
    "payee": "收款人",
    "payer": "付款人",
    "payment": "付款",
    "phone": "联系方式",
    "place": "地点",
    "post": "职务",
    "present": "当事人",
    "relation": "与当事人关系",
    "representative": "法定代表人",
    "requests": "当事人请求",
    "respondents": "被申请人",
    "responsibility": "各方责任",
    "officers": "签名处",
    "rows": "签名处",
    "sections": "告知书正文",
    "source_detail": "案件来源",
    "stand_ins": "代理人",
    "steps": "调解经过",
    "through": "代签人",
    "way": "付款方式",
}
_UNNAMED = {"signing", "paragraphs", "heading", "label", "outcome", "title"}


def place_words(kind: DocumentKind, path: tuple[str | int, ...]) -> str:
    """The place as a person finds it: the paper's name, then its parts, counted from 1."""
    words = [TITLES[kind]]
    for part in path:
        if isinstance(part, int):
            words[-1] += f" {part + 1}"
        elif part in PLACES:
            words.append(PLACES[part])
        elif part not in _UNNAMED:
            words.append(part)
    return "，".join(words)
