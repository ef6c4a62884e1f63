"""The village primary school of :mod:`instances.samples.rural_6`, in English word for word."""

from __future__ import annotations

from typing import Any

from instances.samples import rural_6
from instances.samples.shaping import rows
from instances.school import Instance

_WORDS = """
青山乡中心小学 Qingshan_Township_Primary_School
2026—2027学年第一学期 Autumn_2026
中秋节 Mid-Autumn_Festival
国庆节 National_Day
元旦 New_Year
期末复习考试 Review_and_exams
作业辅导 Homework
社团活动 Clubs
一年级 Class_1
二年级 Class_2
三年级 Class_3
四年级 Class_4
五年级 Class_5
六年级 Class_6
101教室 Room_101
201教室 Room_201
301教室 Room_301
401教室 Room_401
501教室 Room_501
601教室 Room_601
教学楼 Main_building
室外 Outdoors
多功能室 Common_room
操场 Playground
菜园 Garden
投影 projector
图书 books
运动场地 sports_ground
种植区 vegetable_beds
何志刚 He_Zhigang
罗永生 Luo_Yongsheng
谢玉兰 Xie_Yulan
陈小芳 Chen_Xiaofang
邓丽 Deng_Li
唐美华 Tang_Meihua
曹建国 Cao_Jianguo
蒋雪梅 Jiang_Xuemei
余光明 Yu_Guangming
黎婷 Li_Ting
吴强 Wu_Qiang
苏晓梅 Su_Xiaomei
周少华 Zhou_Shaohua
语文 Chinese
数学 maths
英语 English
体育 PE
音乐 music
科学 science
看护 care
行政 management
篮球 basketball
书法 calligraphy
种植 gardening
绘本 picture_books
手工 handicraft
诵读 recitation
跳绳 rope_skipping
合唱 choir
作业看护 Homework_care
自主阅读(1–3年级) Free_reading_(grades_1–3)
自主阅读(4–6年级) Free_reading_(grades_4–6)
社团日看护(1–3年级) Club_day_care_(grades_1–3)
社团日看护(4–6年级) Club_day_care_(grades_4–6)
绘本阅读 Picture_book_club
花样跳绳 Rope_skipping_club
童谣合唱 Children's_choir
巧手手工 Handicraft_club
篮球社 Basketball_club
软笔书法 Brush_calligraphy
快乐种植 Garden_club
经典诵读 Classics_recited
值班领导 Leader_on_duty
放学护送 Way_to_the_gate
中心校例会 Meeting_at_the_central_school
病假 Sick_leave
"""


def build() -> Instance:
    """The school as an administrator would enter it in English."""
    words = {zh: en.replace("_", " ") for zh, en in rows(_WORDS)}
    school = _translated(rural_6.build().model_dump(mode="json"), words)
    return Instance.model_validate({**school, "lang": "en"})


def _translated(value: Any, words: dict[str, str]) -> Any:
    """Plain data with each text replaced by its translation."""
    if isinstance(value, dict):
        return {key: _translated(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_translated(item, words) for item in value]
    return words.get(value, value) if isinstance(value, str) else value
