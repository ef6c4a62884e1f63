"""People's names: common surnames and given names with their pinyin."""

from __future__ import annotations

import random
from collections import Counter

from instances.messages import Lang

_SURNAMES = """
王 Wang  李 Li  张 Zhang  刘 Liu  陈 Chen  杨 Yang  黄 Huang  赵 Zhao  吴 Wu
周 Zhou  徐 Xu  孙 Sun  马 Ma  朱 Zhu  胡 Hu  郭 Guo  何 He  林 Lin  罗 Luo  高 Gao
郑 Zheng  梁 Liang  谢 Xie  宋 Song  唐 Tang  许 Xu  韩 Han  冯 Feng  邓 Deng
曹 Cao  彭 Peng  曾 Zeng  肖 Xiao  田 Tian  董 Dong  袁 Yuan  潘 Pan  于 Yu
蒋 Jiang  蔡 Cai  余 Yu  杜 Du  叶 Ye  程 Cheng  苏 Su  魏 Wei  吕 Lü  丁 Ding
任 Ren  沈 Shen  姚 Yao  卢 Lu  姜 Jiang  崔 Cui  钟 Zhong  谭 Tan  陆 Lu  汪 Wang
范 Fan  金 Jin  石 Shi  廖 Liao  贾 Jia  夏 Xia  韦 Wei  付 Fu  方 Fang  白 Bai
邹 Zou  孟 Meng  熊 Xiong  秦 Qin  邱 Qiu  江 Jiang  尹 Yin  薛 Xue  闫 Yan  段 Duan
雷 Lei  侯 Hou  龙 Long
"""
_GIVEN = """
芳 Fang  敏 Min  静 Jing  丽 Li  燕 Yan  娟 Juan  艳 Yan  霞 Xia  玲 Ling  红 Hong
梅 Mei  萍 Ping  莉 Li  蓉 Rong  洁 Jie  琳 Lin  颖 Ying  倩 Qian  婷 Ting  雪 Xue
蕾 Lei  慧 Hui  琴 Qin  岚 Lan  伟 Wei  强 Qiang  磊 Lei  军 Jun  勇 Yong  杰 Jie
涛 Tao  明 Ming  超 Chao  刚 Gang  平 Ping  辉 Hui  鹏 Peng  波 Bo  斌 Bin  峰 Feng
亮 Liang  凯 Kai  浩 Hao  宁 Ning  秀英 Xiuying  桂英 Guiying  秀兰 Xiulan
玉兰 Yulan  丽娟 Lijuan  丽华 Lihua  淑芬 Shufen  春梅 Chunmei  晓燕 Xiaoyan
晓红 Xiaohong  晓丽 Xiaoli  雪梅 Xuemei  海燕 Haiyan  建华 Jianhua  建国 Jianguo
建军 Jianjun  志强 Zhiqiang  志明 Zhiming  国强 Guoqiang  国华 Guohua  文斌 Wenbin
文静 Wenjing  俊杰 Junjie  宇航 Yuhang  子涵 Zihan  雨婷 Yuting  思雨 Siyu
佳怡 Jiayi  佳慧 Jiahui  梦琪 Mengqi  梦洁 Mengjie  欣怡 Xinyi  诗涵 Shihan
雅琴 Yaqin  雅静 Yajing  月娥 Yue'e  凤英 Fengying  凤霞 Fengxia  爱华 Aihua
爱玲 Ailing  美玲 Meiling  美华 Meihua  惠芳 Huifang  慧敏 Huimin  小芳 Xiaofang
小军 Xiaojun  小红 Xiaohong  小琴 Xiaoqin  永红 Yonghong  永强 Yongqiang
永生 Yongsheng  光明 Guangming  光辉 Guanghui  世杰 Shijie  德明 Deming  德华 Dehua
立新 Lixin  立群 Liqun  卫东 Weidong  卫国 Weiguo  向阳 Xiangyang  晓东 Xiaodong
晓明 Xiaoming  晓峰 Xiaofeng  海涛 Haitao  海波 Haibo  少华 Shaohua  少芬 Shaofen
嘉欣 Jiaxin  嘉豪 Jiahao  紫薇 Ziwei  婉婷 Wanting  玉梅 Yumei  玉珍 Yuzhen
玉华 Yuhua  金凤 Jinfeng  银花 Yinhua  素芳 Sufang  素珍 Suzhen  瑞芳 Ruifang
瑞雪 Ruixue  丹丹 Dandan  莎莎 Shasha  媛媛 Yuanyuan  珊珊 Shanshan  露露 Lulu
亚男 Yanan  亚琴 Yaqin  一鸣 Yiming  天宇 Tianyu  思远 Siyuan  致远 Zhiyuan
浩然 Haoran  若曦 Ruoxi  语嫣 Yuyan  可欣 Kexin  书琴 Shuqin  书慧 Shuhui
锦华 Jinhua  锦秀 Jinxiu  青云 Qingyun  青梅 Qingmei  云霞 Yunxia
"""


def draw_names(count: int, rng: random.Random, lang: Lang) -> list[tuple[str, str]]:
    """``count`` people as (name, number); a number is given where two share a name."""
    surnames, given = _pairs(_SURNAMES), _pairs(_GIVEN)
    weights = [1 / (rank + 4) for rank in range(len(surnames))]
    people = list(
        zip(
            rng.choices(surnames, weights, k=count),
            (rng.choice(given) for _ in range(count)),
            strict=True,
        )
    )
    names = [
        family[0] + first[0] if lang == "zh" else f"{family[1]} {first[1]}"
        for family, first in people
    ]
    shared = Counter(names)
    return [
        (name, f"T{index:03d}" if shared[name] > 1 else "")
        for index, name in enumerate(names, start=1)
    ]


def _pairs(table: str) -> list[tuple[str, str]]:
    words = table.split()
    return list(zip(words[::2], words[1::2], strict=True))
