"""Other Latin spellings of East Slavic names: "Sergei Lavrov" for "Sergey Lavrov", "Siarhei" for "Sergei".

Given names come from a table of what the press writes for one name; surnames change by their endings alone,
as the common romanisations (BGN/PCGN, ISO 9, passports) differ there. Only full names are made, never bare surnames.
"""

import base

# Spellings of one given name, by the country whose people it is used for.
RUSSIAN = """
Aleksandr Alexander Alexandr Aleksander|Sergei Sergey|Andrei Andrey|Alexei Alexey Aleksei Aleksey|Dmitry Dmitri Dmitriy
Nikolai Nikolay|Yuri Yury Yuriy|Valery Valeriy Valeri|Vitaly Vitaliy|Anatoly Anatoliy|Gennady Gennadiy|Georgy Georgiy
Yevgeny Evgeny Yevgeniy Evgeniy|Vasily Vasiliy|Arkady Arkadiy|Grigory Grigoriy|Vyacheslav Viacheslav|Maxim Maksim|Oleg|Igor
Mikhail|Petr Pyotr|Semyon Semen|Fyodor Fedor|Artyom Artem|Natalia Natalya Nataliya|Tatiana Tatyana|Yulia Yuliya Julia|Maria Mariya
Yelena Elena|Ekaterina Yekaterina|Olga|Ksenia Kseniya|Daria Darya|Sofia Sofya|Viktor Victor|Ilya Ilia|Yakov Iakov|Leonid|Konstantin"""
BELARUSIAN = """
Aliaksandr Alyaksandr Alexander Aleksandr|Siarhei Syarhei Sergei Sergey Siarhey|Andrei Andrey|Aliaksei Alyaksei Alexei Aleksei Alexey
Dzmitry Dmitry Dmitri|Mikalai Nikolai Nikolay Mikalay|Yury Yuri|Uladzimir Vladimir|Viktar Viktor Victor|Aleh Oleg|Ihar Igor
Mikhail Mihail|Pavel Paval|Natallia Natalia Natalya Natallya|Volha Olga|Hanna Anna|Tatsiana Tatiana Tatyana|Sviatlana Svetlana
Maryia Maria Mariya|Yauhen Yevgeny Evgeny|Kanstantsin Konstantin|Maksim Maxim|Valery Valeriy|Vasil Vasily|Anatol Anatoly|Henadz Gennady Hienadz
Piotr Pyotr Petr|Ryhor Grigory|Leanid Leonid|Dzianis Denis|Katsiaryna Ekaterina|Alena Elena Yelena|Iryna Irina|Viachaslau Vyacheslav
Siamion Semyon|Artsiom Artyom Artem|Raman Roman|Stsiapan Stepan|Yuliya Yulia|Vital Vitaly|Valiantsin Valentin|Barys Boris|Zmitser"""
UKRAINIAN = """
Oleksandr Olexandr|Serhiy Serhii Sergiy|Andriy Andrii|Oleksiy Oleksii|Dmytro Dmitro|Mykola|Yuriy Yurii Yuri|Valeriy Valerii Valery
Vitaliy Vitalii Vitaly|Anatoliy Anatolii Anatoly|Hennadiy Hennadii|Heorhiy Heorhii|Yevhen Yevgen|Vasyl|Hryhoriy Hryhorii|Volodymyr
Yuliia Yulia Yuliya|Nataliia Nataliya Natalia|Mykhailo Mykhaylo|Arseniy Arsenii|Iryna|Olha Olga|Ihor|Oleh|Viktor|Mariia Mariya Maria|Artem
Viktoriia Viktoria Viktoriya|Kateryna|Anastasiia Anastasia|Vasyl|Valentyn|Pavlo|Petro|Roman|Denys|Maksym|Bohdan|Taras|Yaroslav"""

# (ending, other endings) of surnames, longest first.
ENDINGS = (
    ("skyi", ("sky", "skiy", "skyy")), ("skyy", ("sky", "skiy", "skyi")), ("skiy", ("sky",)), ("ski", ("sky",)), ("sky", ("skiy",)),
    ("aya", ("aia",)), ("aia", ("aya",)), ("oyev", ("oev",)), ("ayev", ("aev",)), ("eyev", ("eev",)), ("iyev", ("iev",)),
    ("oev", ("oyev",)), ("aev", ("ayev",)), ("eev", ("eyev",)), ("yi", ("yy", "y")), ("iy", ("y",)),
)


def groups(text):
    table = {}
    for group in text.replace("\n", "|").split("|"):
        words = group.split()
        for word in words:
            table.setdefault(base.fold(word), words)
    return table


GIVEN = {"RU": groups(RUSSIAN), "BY": groups(BELARUSIAN), "UA": groups(UKRAINIAN)}
MOST = 6  # spellings made for one name


def full_names(name, country):
    """Other spellings of a "Given Surname"; none for other countries and longer names."""
    words = name.split()
    table = GIVEN.get(country)
    if table is None or len(words) != 2:
        return []
    given = [words[0]] + [g for g in table.get(base.fold(words[0]), ()) if g != words[0]]
    surnames = [words[1]] + surname_forms(words[1])
    made = [f"{g} {s}" for s in surnames for g in given]
    return made[1:MOST + 1]


def surname_forms(surname):
    for ending, others in ENDINGS:
        if surname.endswith(ending):
            return [surname[:-len(ending)] + other for other in others]
    return []
