/** Members of the UN M49 regions that the examples choose; United States soil is never a destination and left out. */
const regionMembers: Readonly<Record<string, readonly string[]>> = {
  'M49-155': 'AT BE CH DE FR LI LU MC NL'.split(' '),
  'M49-143': 'KG KZ TJ TM UZ'.split(' '),
  'M49-034': 'AF BD BT IN IR LK MV NP PK'.split(' '),
  'M49-013': 'BZ CR GT HN MX NI PA SV'.split(' '),
  'M49-053': 'AU CC CX HM NF NZ'.split(' '),
  'M49-018': 'BW LS NA SZ ZA'.split(' '),
  'M49-030': 'CN HK JP KP KR MN MO TW'.split(' '),
};

/** The countries that a choice of countries and regions stands for, sorted, each once. */
export const countriesOf = (choice: readonly string[]): readonly string[] =>
  [...new Set(choice.flatMap((code) => regionMembers[code] ?? [code]))].sort();
