import { z } from 'zod';
import { policySchema } from './schema';

/** The JSON schema of a policy file, for editors. */
export function policyJsonSchema(): object {
  return z.toJSONSchema(policySchema, { io: 'input' });
}
