import { operatorRoles } from '@ge/domain';
import { z } from 'zod';

export const operatorRole = z
  .enum(operatorRoles)
  .meta({ id: 'OperatorRole', description: 'viewer < operator < admin' });
