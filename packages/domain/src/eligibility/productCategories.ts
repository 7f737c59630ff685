/** A kind of product as the producer names it. */
export interface ProductCategory {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

const list = (rows: readonly (readonly [code: string, en: string, zh: string])[]): readonly ProductCategory[] =>
  rows.map(([code, en, zh]) => ({ code, en, zh }));

/** Every category that a product may have. What the rules say of one is in categoryRules.ts; most have no rule. */
export const productCategories: readonly ProductCategory[] = list([
  ['apparel', 'Clothing', '服装'],
  ['shoes', 'Shoes', '鞋靴'],
  ['bags_luggage', 'Bags and luggage', '箱包'],
  ['jewelry', 'Jewellery', '珠宝首饰'],
  ['watches', 'Watches', '钟表'],
  ['beauty', 'Beauty and personal care', '美容和个人护理'],
  ['electronics', 'Consumer electronics', '消费类电子产品'],
  ['computers', 'Computers and accessories', '电脑及配件'],
  ['phone_accessories', 'Phone accessories', '手机配件'],
  ['cameras', 'Cameras and photo', '摄影摄像'],
  ['home_kitchen', 'Home and kitchen', '家居厨房'],
  ['furniture', 'Furniture', '家具'],
  ['tools_hardware', 'Tools and hardware', '工具五金'],
  ['lighting', 'Lighting', '灯具照明'],
  ['toys_games', 'Toys and games', '玩具和游戏'],
  ['baby', 'Baby products', '母婴用品'],
  ['sports_outdoors', 'Sports and outdoors', '运动户外'],
  ['automotive_parts', 'Automotive parts', '汽车零配件'],
  ['books', 'Books and printed matter', '图书和印刷品'],
  ['music_video', 'Music and video', '音像制品'],
  ['musical_instruments', 'Musical instruments', '乐器'],
  ['office', 'Office and stationery', '办公和文具'],
  ['arts_crafts', 'Arts and crafts', '艺术和手工'],
  ['pet_accessories', 'Pet accessories', '宠物用品'],
  ['garden', 'Garden tools and decoration', '园艺工具和装饰'],
  ['industrial_supplies', 'Industrial supplies', '工业用品'],

  ['weapons', 'Weapons', '武器'],
  ['weapon_replicas', 'Replicas of weapons', '仿真武器'],
  ['plants', 'Plants', '植物'],
  ['seeds', 'Seeds', '种子'],
  ['soil', 'Soil', '土壤'],
  ['live_animals', 'Live animals', '活体动物'],
  ['animal_products', 'Ivory, fur, coral and similar animal products', '象牙、皮草、珊瑚等动物制品'],
  ['surveillance_equipment', 'Surveillance equipment', '监视设备'],
  ['laser_pointers', 'Laser pointers', '激光笔'],

  ['alcohol', 'Alcohol', '酒类'],
  ['weapon_accessories', 'Weapon parts and accessories, scopes, holsters', '武器零件和配件、瞄准镜、枪套'],
  ['self_defense_spray', 'Self-defence spray', '防身喷雾'],
  ['air_guns', 'BB, air and paintball guns', 'BB 枪、气枪和彩弹枪'],
  ['pesticides', 'Pesticides', '农药'],
  ['fertilizers', 'Fertilisers', '肥料'],
  ['industrial_chemicals', 'Industrial chemicals', '工业化学品'],
  ['automotive_chemicals', 'Automotive chemicals', '汽车化学品'],
  ['cleaning_chemicals', 'Cleaning chemicals', '清洁化学品'],
  ['food', 'Food and drinks', '食品和饮料'],
  ['pet_food', 'Pet food', '宠物食品'],
  ['drugs', 'Drugs', '药品'],
  ['supplements', 'Dietary supplements', '膳食补充剂'],
  ['pet_supplements', 'Pet drugs and supplements', '宠物药品和补充剂'],
  ['medical_devices', 'Medical devices', '医疗器械'],
  ['drug_paraphernalia', 'Drug paraphernalia', '吸毒用具'],
  ['adult_products', 'Adult products', '成人用品'],
  ['brewing_equipment', 'Brewing equipment', '酿酒设备'],
  ['baby_walkers', 'Baby walkers', '婴儿学步车'],
  ['infant_self_feeding', 'Self-feeding devices for infants', '婴儿自助喂奶器'],
  ['child_car_seats', 'Child car seats', '儿童汽车座椅'],
  ['cryptographic_electronics', 'Cryptographic electronics', '加密电子设备'],
  ['gambling', 'Gambling goods', '赌博用品'],
  ['imitation_currency', 'Imitation currency', '仿制货币'],
  ['tobacco_vaping', 'Tobacco, nicotine and vaping', '烟草、尼古丁和电子烟'],
  ['fireworks', 'Fireworks and explosives', '烟花和爆炸物'],
]);

const codes = new Set(productCategories.map(({ code }) => code));

export const isProductCategory = (code: string): boolean => codes.has(code);
