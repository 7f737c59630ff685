/** A country that buyers or sellers live in: a synthetic person, a street and the number range kept for fiction or made of fives. */
export interface PlaceAbroad {
  readonly country: string;
  readonly names: readonly string[];
  readonly streets: readonly string[];
  readonly city: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly phone: string;
}

const place = (
  country: string,
  city: string,
  postalCode: string | undefined,
  phone: string,
  names: string,
  streets: string,
  state?: string,
): PlaceAbroad => ({
  country,
  city,
  phone,
  names: names.split(','),
  streets: streets.split(','),
  ...(postalCode !== undefined && { postalCode }),
  ...(state !== undefined && { state }),
});

/** Where the programme delivers without asking the buyer for an identity number. */
export const openPlaces: readonly PlaceAbroad[] = [
  place(
    'CA',
    'Toronto',
    'M5V 2T6',
    '+1 416 555 0142',
    'Alice Example,Marc Exemple',
    '301 Front St W,18 Maple Grove Ave',
    'ON',
  ),
  place('GB', 'London', 'SW1A 1AA', '+44 20 7946 0018', 'Harriet Sample,Owen Sample', '12 Example Mews,4 Sample Row'),
  place('DE', 'Berlin', '10115', '+49 30 23125 014', 'Jürgen Müßter,Käthe Beispiel', 'Beispielstraße 12,Musterweg 3a'),
  place(
    'FR',
    'Lyon',
    '69002',
    '+33 1 99 00 12 34',
    'Éloïse Modèle,Rémi Exemple',
    '5 rue de l’Exemple,27 quai du Modèle',
  ),
  place(
    'NL',
    'Utrecht',
    '3511 AA',
    '+31 30 555 0111',
    'Joost Voorbeeld,Sanne Voorbeeld',
    'Voorbeeldlaan 8,Proefstraat 19',
  ),
  place(
    'ES',
    'Valencia',
    '46001',
    '+34 955 550 112',
    'Íñigo Ejemplo,Lucía Muestra',
    'Calle del Ejemplo 7,Avenida Muestra 55',
  ),
  place('SE', 'Göteborg', '411 01', '+46 31 390 06 01', 'Åsa Exempel,Björn Exempel', 'Exempelgatan 4,Provvägen 21'),
  place('PL', 'Łódź', '90-001', '+48 42 555 01 12', 'Paweł Przykład,Żaneta Wzór', 'ul. Przykładowa 6,ul. Wzorcowa 14'),
  place('JP', '東京都千代田区', '100-0001', '+81 3 5550 0112', '見本 太郎,例文 花子', '千代田1-1,見本町2-3-4'),
  place('KR', 'Seoul', '04524', '+82 2 555 0123', '홍길동,김보기', '1 Sejong-daero Jung-gu,22 Bogi-ro'),
  place('SG', 'Singapore', '018956', '+65 5550 0112', 'Tan Ah Sample,Lim Contoh', '10 Sample Ave #05-12,3 Contoh Rise'),
  place(
    'AU',
    'Melbourne',
    '3000',
    '+61 3 5550 0112',
    'Bruce Sample,Sheila Example',
    '1 Example St,200 Sample Pde',
    'VIC',
  ),
  place('NZ', 'Wellington', '6011', '+64 4 555 0112', 'Aroha Sample,Nikau Example', '5 Sample Quay,17 Example Tce'),
  place(
    'AE',
    'Dubai',
    undefined,
    '+971 4 555 0112',
    'Omar Sample,Fatima Sample',
    'Villa 12 Sample Street,Tower 3 Apt 1904',
  ),
  place('ZA', 'Cape Town', '8001', '+27 21 555 0112', 'Thandi Sample,Pieter Voorbeeld', '9 Example Rd,31 Voorbeeld St'),
];

/** Served, and with an exclusion or an import ban of interest; the carrier asks for an identity number in some of them. */
export const furtherPlaces: readonly PlaceAbroad[] = [
  place(
    'MX',
    'Guadalajara',
    '44100',
    '+52 33 5550 0112',
    'Ximena Ejemplo,Raúl Muestra',
    'Calle Ejemplo 112,Av. Muestra 9',
    'JAL',
  ),
  place(
    'IN',
    'Bengaluru',
    '560001',
    '+91 80 5550 0112',
    'Asha Namuna,Ravi Namuna',
    '14 Namuna Road,Flat 5 Sample Residency',
    'KA',
  ),
  place('CN', '上海市', '200000', '+86 21 5550 0112', '张三,李四', '示例路100号5楼,样板街8弄3号'),
  place(
    'BR',
    'Curitiba',
    '80010-000',
    '+55 41 5550 0112',
    'João Exemplo,Inês Modelo',
    'Rua do Exemplo 40,Travessa Modelo 2',
    'PR',
  ),
  place('CO', 'Bogotá', '110111', '+57 1 555 0112', 'Camilo Ejemplo,Sara Muestra', 'Calle 12 # 34-56,Carrera 7 # 8-90'),
  place('KZ', 'Almaty', '050000', '+7 727 555 0112', 'Aigerim Ulgi,Daniyar Ulgi', '12 Ulgi St,40 Abay Ave'),
];

/** The destination that is suspended in the course of the story. */
export const suspendedPlace: PlaceAbroad = place(
  'IS',
  'Reykjavík',
  '101',
  '+354 555 0112',
  'Guðrún Dæmisdóttir,Jón Dæmisson',
  'Dæmigata 4,Sýnisvegur 11',
);

/** Trade is barred with all of the country. */
export const embargoedPlaces: readonly PlaceAbroad[] = [
  place('CU', 'La Habana', '10100', '+53 7 555 0112', 'Yanet Ejemplo', 'Calle Ejemplo 23'),
  place('IR', 'Tehran', '11369', '+98 21 5550 0112', 'Reza Nemuneh', '12 Nemuneh St'),
  place('RU', 'Москва', '101000', '+7 495 555 01 12', 'Иван Пример', 'ул. Примерная, 5'),
];

/** An embargoed part of a country that is served otherwise, by subdivision and by postal code. */
export const embargoedParts: readonly PlaceAbroad[] = [
  place('UA', 'Simferopol', '95000', '+380 65 555 0112', 'Olena Pryklad', 'Vulytsia Pryklad 3', 'UA-43'),
  place('UA', 'Donetsk', '83000', '+380 62 555 0112', 'Taras Zrazok', 'Vulytsia Zrazok 8'),
];

/** Where sellers live who may not join; their accounts sell in the same marketplace. */
export const sellerCountries: Readonly<Record<string, { readonly timeZone: string; readonly place: PlaceAbroad }>> = {
  CN: { timeZone: 'Asia/Shanghai', place: furtherPlaces[2]! },
  GB: { timeZone: 'Europe/London', place: openPlaces[1]! },
  CA: { timeZone: 'America/Toronto', place: openPlaces[0]! },
  DE: { timeZone: 'Europe/Berlin', place: openPlaces[2]! },
  JP: { timeZone: 'Asia/Tokyo', place: openPlaces[8]! },
  MX: { timeZone: 'America/Mexico_City', place: furtherPlaces[0]! },
};
