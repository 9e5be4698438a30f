# SPDX-License-Identifier: GPL-3.0-or-later
"""Three hundred applications for the postdoc grant, each made to one outcome: the recipe that spoils
a good application says what must become of it, once the counties have decided to pay the grant
(county-decisions.csv). What is known from a weak source only, or not at all, is for a person.
Nothing here calls the program."""

import datetime

import counties
from identifiers import CODE_ALPHABET, credit_code, resident_id, spoil_last

ON = datetime.date(2025, 6, 30)  # the day they are decided
PUBLISHED = datetime.date(2022, 7, 11)

SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛'
GIVEN = '一行川可安佳宁序知远原林森岩松柏溪舟野禾青岚峰峦谷雨晴朗星辰海波澜晨曦牧之若水木子'
BRANDS = '云岭 瓯源 青峰 石梁 茗溪 竹海 浙西 仙都 畲乡 龙泉 江源 群山 翠谷 梯田 古道 白云'.split()
TRADES = '生物科技 新材料 智能装备 电子科技 医药科技 阀门 工具 食品 茶业 环保科技 光电 竹木科技'.split()
SCHOOLS = ['某某大学', '某某理工大学', '某某科学院生态研究所', '某某农业大学', '某某工业大学',
           '某某医科大学', '某某师范大学']


class Dice:
    """A generator of numbers that is the same on every machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def pick(self, items):
        return items[self.below(len(items))]

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


class Application:
    """A good application; recipes change its members. What ends in an underscore is not a column."""

    def __init__(self, dice, number, county):
        self.dice = dice
        self.number_ = number
        self.county_ = county
        self.outcome_ = 'eligible'
        self.reasons_ = []
        self.tag_ = 'clean'
        self.warnings_ = ['county-left-group'] if county.left else []
        self.name = dice.pick(SURNAMES) + ''.join(dice.pick(GIVEN) for _ in range(1 + dice.below(2)))
        birth = datetime.date(1978, 1, 1) + datetime.timedelta(days=dice.below(5600))
        self.id = resident_id(dice.pick(county.areas), f'{birth:%Y%m%d}', 1 + dice.below(998))
        self.sex = '男' if int(self.id[16]) % 2 else '女'
        self.mobile = f'1{dice.pick("3578")}{dice.pick("0123456789")}0000{1000 + number:04d}'
        self.firm = (county.short + dice.pick(BRANDS) + dice.pick(TRADES)
                     + dice.pick(['有限公司', '股份有限公司', '（浙江）有限公司']))
        self.code = credit_code('91', county.code, f'MA{number:06d}')
        self.ownership = '民营'
        self.registered = self.insured = self.works = county
        self.station = dice.pick(['流动站', '流动站', '联合培养', '工作站'])
        self.institution = (dice.pick(SCHOOLS) if self.station == '流动站'
                            else f'某某{dice.pick(BRANDS)}集团股份有限公司')
        self.exit = '期满出站'
        self.exit_date = datetime.date(2022, 8, 1) + datetime.timedelta(days=dice.below(600))
        self.status = '非在职'
        self.certificate = f'{200000 + number * 7}'
        self.abroad_proof = None
        self.start = self.exit_date + datetime.timedelta(days=dice.below(75))
        self.first = True
        self.earlier = '无'
        self.had_it = False
        self.others = False
        self.months = 6 + dice.below(18)

    @property
    def end(self):
        if not isinstance(self.start, datetime.date):
            return None
        start = self.start.replace(day=28) if self.start.day > 28 else self.start
        return start.replace(year=start.year + 3) - datetime.timedelta(days=1)

    def other_county(self):
        return self.dice.pick([c for c in counties.ALL if c is not self.county_])


# ---- what is wrong: each recipe changes a good application

def absent(*members):
    def change(app):
        for member in members:
            setattr(app, member, None)
    return change


def put(**values):
    def change(app):
        for member, value in values.items():
            setattr(app, member, value)
    return change


def owned_by(ownership, kind='91', suffix=None):
    def change(app):
        app.ownership = ownership
        app.code = credit_code(kind, app.county_.code, f'MB{app.number_:06d}')
        if suffix:
            app.firm = app.county_.short + app.dice.pick(BRANDS) + suffix
    return change


def stays(app):
    app.station = '工作站'
    app.institution = app.firm + '博士后科研工作站'


def abroad(proof):
    def change(app):
        app.station = '境外机构'
        app.institution = '某国国立材料研究所'
        app.certificate = None
        app.abroad_proof = proof
    return change


def works_elsewhere(app):
    app.works = app.other_county()


def registered_elsewhere(app):
    app.registered = app.other_county()


def all_elsewhere(app):
    app.registered = app.insured = app.works = app.other_county()


def left_before_publication(app):
    app.exit_date = datetime.date(2022, 3, 1) + datetime.timedelta(days=app.dice.below(120))
    app.start = datetime.date(2022, 8, 1) + datetime.timedelta(days=app.dice.below(60))


def all_before_publication(app):
    app.exit_date = datetime.date(2020, 3, 1) + datetime.timedelta(days=app.dice.below(600))
    app.start = app.exit_date + datetime.timedelta(days=30)


def signed_before_leaving(app):
    app.start = app.exit_date - datetime.timedelta(days=1 + app.dice.below(40))


def after_the_county_left(app):
    app.exit_date = app.county_.left - datetime.timedelta(days=app.dice.below(90))
    app.start = app.county_.left + datetime.timedelta(days=app.dice.below(25))


def day_before_the_county_left(app):
    app.exit_date = app.county_.left - datetime.timedelta(days=60)
    app.start = app.county_.left - datetime.timedelta(days=1)


def not_yet(app):
    app.exit_date = datetime.date(2028, 6, 30)
    app.start = datetime.date(2028, 9, 1)
    app.exit = '期满出站'


def published_day(app):
    app.exit_date = app.start = PUBLISHED


def rounded_id(app):
    """A spreadsheet keeps fifteen digits and fills up with zeros."""
    while app.id.endswith('X'):
        app.id = resident_id(app.id[:6], app.id[6:14], 1 + app.dice.below(998))
    app.id = {'number': f'{app.id[0]}.{app.id[1:15]}E+17'}


def rounded_to_text(app):
    app.id = f'{app.id[0]}.{app.id[1:6]}E+17'


def wrong_check(app):
    app.id = spoil_last(app.id, '0123456789X')


def impossible_birth(app):
    app.id = resident_id(app.id[:6], '19900229', 1 + app.dice.below(998))


def swapped_digits(app):
    """Two neighbouring digits in the wrong order; the check digit finds it."""
    place = next(i for i in range(14, 5, -1) if app.id[i] != app.id[i + 1])
    app.id = app.id[:place] + app.id[place + 1] + app.id[place] + app.id[place + 2:]


def short_id(app):
    app.id = app.id[:17]


def old_id(app):
    """The form of before 1999: no century, no check digit."""
    app.id = app.id[:6] + app.id[8:17]


def wrong_code(app):
    app.code = spoil_last(app.code, CODE_ALPHABET)


def letter_in_code(app):
    app.code = app.code[:8] + 'O' + app.code[9:]


def foreign_county(app):
    app.county_cell_, app.county_code_ = app.dice.pick([
        ('杭州市西湖区', '330106'), ('宁波市鄞州区', '330212'), ('外省', 'elsewhere')])


def repeated(app):
    """Filled in by main: the person of an earlier row, with another firm."""
    app.repeats_ = True


# count, outcome, tag, what must show in the verdict, which counties, what is changed
ANY, STAYING, LEFT = counties.ALL, counties.STAYING, counties.LEFT
RECIPES = [
    (88, 'eligible', 'clean', [], ANY, []),
    (10, 'eligible', 'left-county-before', [], LEFT, []),
    (6, 'eligible', 'left-county-day-before', [], LEFT, [day_before_the_county_left]),
    (4, 'eligible', 'published-day', [], STAYING, [published_day]),
    (6, 'eligible', 'half-known', [], STAYING, [absent('months', 'mobile')]),

    (6, 'not_eligible', 'in-station', ['exit-type'], STAYING, [put(exit='在站', certificate=None)]),
    (5, 'person', 'withdrawn', ['exit-kind'], ANY, [put(exit='退站', certificate=None)]),
    (5, 'person', 'second-station', ['exit-kind'], ANY, [put(exit='转二站')]),
    (7, 'not_eligible', 'in-service', ['status'], ANY, [put(status='在职')]),
    (6, 'not_eligible', 'state-controlled', ['ownership'], ANY, [owned_by('国有控股')]),
    (3, 'not_eligible', 'state-owned', ['ownership'], ANY, [owned_by('国有独资')]),
    (4, 'not_eligible', 'foreign-invested', ['ownership'], ANY, [owned_by('外商投资')]),
    (3, 'not_eligible', 'public-institution', ['ownership'], ANY,
     [owned_by('事业单位', '12', '林业科学研究所')]),
    (3, 'not_eligible', 'not-yet', ['exit-date', 'employed'], STAYING, [not_yet]),
    (4, 'not_eligible', 'had-it', ['never-before'], ANY, [put(had_it=True)]),
    (4, 'person', 'all-elsewhere', ['place'], ANY, [all_elsewhere]),
    (4, 'not_eligible', 'not-first', ['first-job'], ANY, [put(first=False, earlier='本县')]),
    (3, 'person', 'all-before-publication', ['dates'], STAYING, [all_before_publication]),
    (2, 'person', 'abroad-without-proof', ['certificate', 'overseas'], ANY, [abroad(False)]),
    (2, 'not_eligible', 'two-reasons', ['ownership', 'status'], ANY,
     [owned_by('国有独资'), put(status='在职')]),
    (2, 'not_eligible', 'false-and-missing', ['status'], ANY,
     [put(status='在职'), absent('certificate')]),
    (1, 'not_eligible', 'false-and-person', ['status'], ANY,
     [put(status='在职'), owned_by('个体工商户', '92', '竹编工坊')]),

    (9, 'materials', 'no-certificate-number', ['certificate'], ANY, [absent('certificate')]),
    (5, 'materials', 'no-exit-date', ['exit-date'], STAYING, [absent('exit_date')]),
    (4, 'materials', 'no-ownership', ['ownership'], ANY, [absent('ownership')]),
    (4, 'materials', 'no-insured-place', ['place'], ANY, [absent('insured')]),
    (4, 'materials', 'no-first', ['first-job'], ANY, [absent('first')]),
    (4, 'materials', 'no-contract', ['employed'], STAYING, [absent('start')]),
    (3, 'materials', 'no-statement', ['never-before', 'stacking'], ANY,
     [absent('had_it', 'others')]),
    (2, 'materials', 'no-exit-type', ['exit-type'], ANY, [absent('exit')]),
    (2, 'person', 'exit-date-unreadable', ['exit-date'], STAYING, [put(exit_date='待定')]),
    (2, 'person', 'exit-date-impossible', ['exit-date'], STAYING, [put(exit_date='2023-02-30')]),
    (2, 'person', 'status-unreadable', ['status'], ANY, [put(status='不详')]),
    (2, 'materials', 'several-missing', ['certificate', 'status', 'place'], ANY,
     [absent('certificate', 'status', 'works')]),

    (6, 'person', 'cooperative', ['ownership-like'], ANY,
     [owned_by('农民专业合作社', '93', '果蔬专业合作社')]),
    (4, 'person', 'self-employed', ['ownership-like'], ANY,
     [owned_by('个体工商户', '92', '民宿')]),
    (2, 'person', 'village-cooperative', ['ownership-like'], ANY,
     [owned_by('村股份经济合作社', 'N2', '村股份经济合作社')]),
    (5, 'person', 'first-elsewhere', ['first-job'], ANY, [put(first=False)]),
    (4, 'person', 'first-other-county', ['first-job'], ANY, [put(earlier='其他山区县')]),
    (5, 'person', 'same-firm', ['same-firm'], ANY, [stays]),
    (4, 'person', 'works-elsewhere', ['place'], ANY, [works_elsewhere]),
    (3, 'person', 'registered-elsewhere', ['place'], ANY, [registered_elsewhere]),
    (5, 'person', 'other-subsidies', ['stacking'], ANY, [put(others=True)]),
    (3, 'person', 'abroad-with-proof', ['overseas'], ANY, [abroad(True)]),
    (3, 'person', 'left-before-publication', ['dates'], STAYING, [left_before_publication]),
    (3, 'person', 'signed-before-leaving', ['sequence'], STAYING, [signed_before_leaving]),
    (5, 'person', 'after-county-left', ['group'], LEFT, [after_the_county_left]),
    (2, 'person', 'code-contradicts', ['registration'], ANY, [owned_by('民营', '52')]),
    (2, 'person', 'certificate-none', ['certificate'], ANY, [put(certificate='无')]),
    (1, 'person', 'person-and-missing', ['ownership-like'], ANY,
     [owned_by('农民专业合作社', '93', '茶叶专业合作社'), absent('certificate')]),

    (4, 'rejected', 'id-rounded', ['证件号'], ANY, [rounded_id]),
    (1, 'rejected', 'id-rounded-text', ['证件号'], ANY, [rounded_to_text]),
    (3, 'rejected', 'id-check', ['证件号'], ANY, [wrong_check]),
    (1, 'rejected', 'id-swapped', ['证件号'], ANY, [swapped_digits]),
    (1, 'rejected', 'id-impossible-birth', ['证件号'], ANY, [impossible_birth]),
    (1, 'rejected', 'id-short', ['证件号'], ANY, [short_id]),
    (1, 'rejected', 'id-old', ['证件号'], ANY, [old_id]),
    (2, 'rejected', 'id-missing', ['证件号'], ANY, [absent('id')]),
    (2, 'rejected', 'code-check', ['统一社会信用代码'], ANY, [wrong_code]),
    (1, 'rejected', 'code-letter', ['统一社会信用代码'], ANY, [letter_in_code]),
    (2, 'not_eligible', 'county-elsewhere', ['group'], ANY, [foreign_county]),
    (3, 'rejected', 'duplicate', ['证件号'], ANY, [repeated]),
]


def make(dice):
    """Returns the applications in the order of the sheet."""
    todo = []
    for count, outcome, tag, reasons, where, changes in RECIPES:
        todo += [(outcome, tag, reasons, where, changes)] * count
    dice.shuffle(todo)
    # A repeated person comes after the one who is repeated.
    todo.sort(key=lambda item: item[1] == 'duplicate')
    apps = []
    for number, (outcome, tag, reasons, where, changes) in enumerate(todo, 1):
        app = Application(dice, number, where[(number * 7) % len(where)])
        app.outcome_, app.tag_, app.reasons_ = outcome, tag, reasons
        for change in changes:
            change(app)
        apps.append(app)
    first = [app for app in apps if app.tag_ == 'clean']
    for place, app in enumerate(a for a in apps if a.tag_ == 'duplicate'):
        twin = first[20 + place * 15]
        app.name, app.id, app.sex, app.twin_ = twin.name, twin.id, twin.sex, twin
    return apps
