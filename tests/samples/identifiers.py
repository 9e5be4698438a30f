# SPDX-License-Identifier: GPL-3.0-or-later
"""Identifiers with their check digits, written from the standards and apart from the program's own
code, so that one can be held against the other."""

CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(area, birth, sequence):
    """GB 11643: six digits of area, eight of the day of birth, three of sequence, one of check."""
    text = f'{area}{birth}{sequence:03d}'
    total = sum(int(digit) * weight for digit, weight in zip(text, PERSON_WEIGHTS))
    return text + '10X98765432'[total % 11]


def body_value(character):
    return int(character) if character.isdigit() else ord(character) - ord('A') + 10


def credit_code(kind, area, body):
    """GB 32100: two characters of kind, six of area, nine of body (GB 11714), one of check."""
    total = sum(body_value(c) * weight for c, weight in zip(body, BODY_WEIGHTS))
    inner = 'X' if 11 - total % 11 == 10 else str((11 - total % 11) % 11)
    text = kind + area + body + inner
    total = sum(CODE_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(text))
    return text + CODE_ALPHABET[(31 - total % 31) % 31]


def spoil_last(text, alphabet):
    """The same identifier with a wrong last character."""
    return text[:-1] + alphabet[(alphabet.index(text[-1]) + 1) % len(alphabet)]


# Published and computed vectors: whatever is made here stands on them.
assert resident_id('110105', '19491231', 2) == '11010519491231002X'
assert resident_id('440524', '18800101', 1) == '440524188001010014'
assert resident_id('331122', '19920229', 1) == '331122199202290010'
assert resident_id('331122', '19900229', 1) == '331122199002290016'
assert credit_code('91', '350100', 'M000100Y') == '91350100M000100Y43'
assert credit_code('91', '331122', 'MA000001') == '91331122MA00000155'
assert credit_code('92', '331127', 'MA2E0001') == '92331127MA2E00011E'
assert credit_code('93', '331123', 'MF000002') == '93331123MF0000021C'
