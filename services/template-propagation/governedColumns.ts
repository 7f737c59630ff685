/** What GE commands write in a template; name, domestic settings and carrier preferences stay the seller's alone. */
export const governedColumns = [
  'geState',
  'geCommandNo',
  'geCommandLog',
  'blockedBy',
  'regionAutomation',
  'domesticAutomation',
  'internationalAutomation',
  'shipFrom',
  'internationalFees',
  'excludedDestinations',
  'appliedSettingVersion',
  'suspendedDestinations',
  'appliedSuspensionVersion',
  'wizard',
  'version',
] as const;
