/** Template names as sellers write them; each is fit to be repeated exactly by a feed. */
export const templateNames: readonly string[] = [
  'Standard US',
  'Standard, 48 states',
  'Free Shipping 5–8 Days',
  'Free over $35',
  'Two-Day & Expedited',
  'Oversize & Heavy (freight)',
  'Small parcels < 1 lb',
  'Media Mail',
  'Books',
  'Fragile – glassware',
  'Warehouse East',
  'Warehouse West',
  "O'Brien's next-day",
  'Clearance / final sale',
  '50% off season',
  'Migrated Template 2019',
  'Default Amazon Template',
  'Nationwide',
  'Holiday 2026',
  'B2B pallets',
  'Läger Süd / Été',
  'Envío rápido',
  'Same week 🚚',
  'SKU group #7',
  'Weight-based (lb)',
  'Price bands; v2',
  'Test – do not use',
  'Economy_2',
  'No PO boxes!',
  'Hawaii + Alaska',
];

export const chineseTemplateNames: readonly string[] = [
  '默认运费模板',
  '标准配送',
  '标准配送 – 全国',
  '满$35包邮',
  '两日达',
  '加急配送(2-4天)',
  '大件商品',
  '小包裹',
  '西海岸仓库',
  '东海岸仓库',
  '免运费模板',
  '清仓专用',
  '图书',
  '易碎品',
  '夏季促销 2026',
  '备用模板',
  '重货按重量计费',
  '阿拉斯加/夏威夷',
];

export const companyFirst: readonly string[] =
  'Cascade Harbor Juniper Bluestem Lakeview Copper Granite Magnolia Redwood Summit Prairie Tidewater Lantern Foxglove Ironwood Saltbox Meadow Northgate Sierra Hickory Canyon Driftwood Orchard Pinecrest Riverbend'.split(
    ' ',
  );

export const companySecond: readonly string[] =
  'Outfitters,Trading LLC,Home Goods,Supply Co,Commerce Inc,Market,Direct LLC,Crafts,Imports,Collective,Brands Inc,Depot'.split(
    ',',
  );

/** Chinese trade names with their Latin writing for labels. */
export const chineseFirst: readonly (readonly [han: string, latin: string])[] = [
  ['海岸线', 'Haianxian'],
  ['云帆', 'Yunfan'],
  ['星桥', 'Xingqiao'],
  ['绿洲', 'Lvzhou'],
  ['晨光', 'Chenguang'],
  ['万里', 'Wanli'],
  ['青禾', 'Qinghe'],
  ['长风', 'Changfeng'],
  ['锦程', 'Jincheng'],
  ['宏图', 'Hongtu'],
];

export const chineseSecond: readonly (readonly [han: string, latin: string])[] = [
  ['电子商务有限公司', 'E-Commerce Ltd'],
  ['贸易有限公司', 'Trading Ltd'],
  ['科技有限公司', 'Technology Ltd'],
  ['家居用品', 'Home Goods'],
  ['国际商贸', 'International Trade'],
];

/** Carriers a seller may prefer for domestic shipping. */
export const domesticCarriers: readonly string[] = ['USPS', 'UPS', 'FedEx', 'OnTrac'];
