export interface UsPlace {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly timeZone: string;
}

const zones: Readonly<Record<string, string>> = {
  E: 'America/New_York',
  C: 'America/Chicago',
  M: 'America/Denver',
  P: 'America/Los_Angeles',
  Z: 'America/Phoenix',
  K: 'America/Anchorage',
  H: 'Pacific/Honolulu',
};

/** Cities with a ZIP code of theirs, in states and DC only. */
export const usPlaces: readonly UsPlace[] = `
Seattle,WA,98109,P|Portland,OR,97209,P|San Jose,CA,95112,P|Fresno,CA,93706,P|Los Angeles,CA,90021,P|San Diego,CA,92111,P
Ontario,CA,91761,P|Las Vegas,NV,89118,P|Reno,NV,89502,P|Phoenix,AZ,85034,Z|Tucson,AZ,85713,Z|Salt Lake City,UT,84104,M
Denver,CO,80216,M|Boise,ID,83705,M|Albuquerque,NM,87107,M|El Paso,TX,79905,M|Dallas,TX,75207,C|Houston,TX,77092,C
Austin,TX,78744,C|San Antonio,TX,78219,C|Oklahoma City,OK,73108,C|Kansas City,MO,64120,C|St. Louis,MO,63147,C
Minneapolis,MN,55413,C|Chicago,IL,60609,C|Milwaukee,WI,53204,C|Omaha,NE,68110,C|Indianapolis,IN,46241,E
Columbus,OH,43228,E|Cleveland,OH,44135,E|Detroit,MI,48211,E|Louisville,KY,40219,E|Nashville,TN,37210,C
Memphis,TN,38118,C|Atlanta,GA,30336,E|Miami,FL,33166,E|Orlando,FL,32809,E|Tampa,FL,33619,E|Charlotte,NC,28208,E
Raleigh,NC,27604,E|Richmond,VA,23224,E|Baltimore,MD,21224,E|Washington,DC,20018,E|Philadelphia,PA,19154,E
Pittsburgh,PA,15201,E|Wilmington,DE,19801,E|Newark,NJ,07114,E|Edison,NJ,08817,E|New York,NY,10013,E
Brooklyn,NY,11232,E|Buffalo,NY,14206,E|Boston,MA,02127,E|Providence,RI,02907,E|Hartford,CT,06114,E
Manchester,NH,03103,E|Portland,ME,04101,E|Burlington,VT,05401,E|Anchorage,AK,99501,K|Honolulu,HI,96819,H`
  .trim()
  .split(/[|\n]/)
  .map((row) => {
    const [city = '', state = '', zip = '', zone = ''] = row.split(',');
    return { city, state, zip, timeZone: zones[zone]! };
  });

/** ZIP codes that serve a place across the state line: valid, with a warning at most. */
export const crossingPlaces: readonly UsPlace[] = [
  { city: 'Fort Campbell', state: 'TN', zip: '42223', timeZone: zones.C! },
  { city: 'Fishers Island', state: 'NY', zip: '06390', timeZone: zones.E! },
];

export const streets: readonly string[] = [
  'Terry Ave N',
  'Commerce Pkwy',
  'Harbor Blvd',
  'Orchard St',
  'Industrial Way',
  'Mission Rd',
  '2nd Ave S',
  'Elm St',
  'Airport Dr',
  'Distribution Ln',
  'Warehouse Row',
  'Foundry St',
  'Canal St',
  'Mill Creek Rd',
  'Kestrel Ct',
  'E 14th St',
];

/** Streets that look like a post office box to a careless reader, and are none. */
export const boxLookalikeStreets: readonly string[] = [
  'Box Turtle Cir',
  'Boxing Pass',
  'Poblano Ln',
  'Postal Circle',
  'P O Davis Drive',
];

/** Second lines that belong to a street address. */
export const secondLines: readonly string[] = ['Suite 210', 'Unit 7', 'Dock 4', 'Bldg C', 'Floor 3', 'PMB 212'];
