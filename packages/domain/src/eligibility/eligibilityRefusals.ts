import { defineRefusals, type RefusalTexts } from '../refusal/refusal.ts';

type Remedy = Pick<RefusalTexts, 'remedyEn' | 'remedyZh'>;

const prohibited: Remedy = {
  remedyEn: 'The product stays for sale in the United States only. If its category or HS code is wrong, correct it.',
  remedyZh: '该商品只能在美国境内销售。如果类别或 HS 编码有误，请更正。',
};

const restricted: Remedy = {
  remedyEn:
    'The programme does not export it: it needs a licence or handling the carriers do not give. If its category or HS code is wrong, correct it.',
  remedyZh: '本计划不出口该商品：它需要许可证或承运人不提供的处理方式。如果类别或 HS 编码有误，请更正。',
};

const banned: Remedy = {
  remedyEn: 'The product can be sold to the other destinations. If its category or HS code is wrong, correct it.',
  remedyZh: '商品仍可销往其他目的地。如果类别或 HS 编码有误，请更正。',
};

const reason = (en: string, zh: string, remedy: Remedy): RefusalTexts => ({ rule: 'R5', en, zh, ...remedy });

/** Why a product may not be exported (R5): one code per rule of the screening tables. */
export const eligibilityRefusals = defineRefusals({
  'product.weapons': reason(
    'Weapons and replicas of weapons are not exported.',
    '武器和仿真武器不得出口。',
    prohibited,
  ),
  'product.plants': reason('Plants, seeds and soil are not exported.', '植物、种子和土壤不得出口。', prohibited),
  'product.animals': reason(
    'Animals and protected animal products are not exported.',
    '动物和受保护的动物制品不得出口。',
    prohibited,
  ),
  'product.surveillance': reason('Surveillance equipment is not exported.', '监视设备不得出口。', prohibited),
  'product.laser_pointers': reason('Laser pointers are not exported.', '激光笔不得出口。', prohibited),
  'product.explosives': reason('Fireworks and explosives are not exported.', '烟花和爆炸物不得出口。', prohibited),
  'product.origin_embargoed': reason(
    'Goods made in {country} are under embargo.',
    '原产于 {country} 的商品受到禁运。',
    prohibited,
  ),

  'product.alcohol': reason('Alcohol is restricted.', '酒类受到限制。', restricted),
  'product.weapon_accessories': reason(
    'Weapon parts and accessories, self-defence sprays, air and paintball guns, scopes and holsters are restricted.',
    '武器零件和配件、防身喷雾、气枪和彩弹枪、瞄准镜、枪套受到限制。',
    restricted,
  ),
  'product.chemicals': reason(
    'Pesticides, fertilisers, and industrial, automotive and cleaning chemicals are restricted.',
    '农药、肥料以及工业、汽车和清洁化学品受到限制。',
    restricted,
  ),
  'product.food': reason('Food and pet food are restricted.', '食品和宠物食品受到限制。', restricted),
  'product.drugs': reason(
    'Drugs and supplements, also for pets, are restricted.',
    '药品和补充剂（包括宠物用）受到限制。',
    restricted,
  ),
  'product.medical_devices': reason('Medical devices are restricted.', '医疗器械受到限制。', restricted),
  'product.drug_paraphernalia': reason('Drug paraphernalia is restricted.', '吸毒用具受到限制。', restricted),
  'product.adult': reason('Adult products are restricted.', '成人用品受到限制。', restricted),
  'product.brewing': reason('Brewing equipment is restricted.', '酿酒设备受到限制。', restricted),
  'product.infant_safety': reason(
    'Baby walkers, self-feeding devices and child car seats are restricted.',
    '婴儿学步车、自助喂奶器和儿童汽车座椅受到限制。',
    restricted,
  ),
  'product.cryptography': reason('Cryptographic electronics are restricted.', '加密电子设备受到限制。', restricted),
  'product.gambling': reason('Gambling goods are restricted.', '赌博用品受到限制。', restricted),
  'product.imitation_currency': reason(
    'Imitation currency, banknotes and stamps are restricted.',
    '仿制货币、纸币和邮票受到限制。',
    restricted,
  ),
  'product.tobacco': reason(
    'The carriers do not take tobacco, nicotine and vaping products.',
    '承运人不承运烟草、尼古丁和电子烟产品。',
    restricted,
  ),
  'product.too_heavy': reason(
    'The item weighs {grams} g; the carriers take at most {limit} g.',
    '商品重 {grams} 克；承运人最多接受 {limit} 克。',
    {
      remedyEn: 'The product stays for sale in the United States only. If its weight is wrong, correct it.',
      remedyZh: '该商品只能在美国境内销售。如果重量有误，请更正。',
    },
  ),
  'product.banned_at_destination': reason(
    '{country} does not let this product in: {subjectEn}.',
    '{country} 不允许该商品入境：{subjectZh}。',
    banned,
  ),
});
