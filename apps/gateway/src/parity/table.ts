import { resolve } from 'node:path'

/** Where the docs find what the scenarios showed. */
export const tablePath = resolve(import.meta.dirname, '../../../docs/src/generated/parity.json')
