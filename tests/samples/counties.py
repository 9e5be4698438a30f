# SPDX-License-Identifier: GPL-3.0-or-later
"""The 26 mountain counties as people write them: code, name, prefecture, last day in the group, and
the areas that identity numbers of people born there begin with."""

import datetime

FIRST = datetime.date(2024, 8, 21)
SECOND = datetime.date(2025, 5, 28)

COUNTIES = [
    ('330127', '淳安县', '杭州市', None, ['330127']),
    ('330324', '永嘉县', '温州市', SECOND, ['330324']),
    ('330326', '平阳县', '温州市', FIRST, ['330326']),
    ('330327', '苍南县', '温州市', SECOND, ['330327']),
    ('330328', '文成县', '温州市', None, ['330328']),
    ('330329', '泰顺县', '温州市', None, ['330329']),
    ('330723', '武义县', '金华市', None, ['330723']),
    ('330727', '磐安县', '金华市', None, ['330727']),
    ('330802', '柯城区', '衢州市', FIRST, ['330802']),
    ('330803', '衢江区', '衢州市', None, ['330803', '330821']),
    ('330822', '常山县', '衢州市', None, ['330822']),
    ('330824', '开化县', '衢州市', None, ['330824']),
    ('330825', '龙游县', '衢州市', None, ['330825']),
    ('330881', '江山市', '衢州市', SECOND, ['330881']),
    ('331022', '三门县', '台州市', None, ['331022']),
    ('331023', '天台县', '台州市', None, ['331023']),
    ('331024', '仙居县', '台州市', None, ['331024']),
    ('331102', '莲都区', '丽水市', FIRST, ['331102', '332501']),
    ('331121', '青田县', '丽水市', None, ['331121', '332522']),
    ('331122', '缙云县', '丽水市', None, ['331122', '332526']),
    ('331123', '遂昌县', '丽水市', None, ['331123', '332527']),
    ('331124', '松阳县', '丽水市', None, ['331124', '332528']),
    ('331125', '云和县', '丽水市', None, ['331125', '332523']),
    ('331126', '庆元县', '丽水市', None, ['331126', '332525']),
    ('331127', '景宁畲族自治县', '丽水市', None, ['331127', '332529']),
    ('331181', '龙泉市', '丽水市', None, ['331181', '332502']),
]


class County:
    def __init__(self, code, name, prefecture, left, areas):
        self.code = code
        self.name = name
        self.prefecture = prefecture
        self.left = left
        self.areas = areas
        self.short = '景宁' if name.startswith('景宁') else name[:-1]

    def writings(self):
        """Cells that all mean this county."""
        return [self.name, self.short, self.prefecture + self.name,
                '浙江省' + self.prefecture + self.name, self.name + '  ', ' ' + self.name,
                {'number': self.code}, {'value': self.code, 'style': 'text'},
                {'value': self.name, 'inline': True}]


ALL = [County(*row) for row in COUNTIES]
STAYING = [county for county in ALL if county.left is None]
LEFT = [county for county in ALL if county.left is not None]
