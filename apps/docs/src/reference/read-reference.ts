import generated from '../generated/reference.json' with { type: 'json' }
import type { Reference } from './reference.ts'

/** What the code said when it was asked last. */
export const reference: Reference = generated
