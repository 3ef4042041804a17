import type { Wire, WireName } from '../wire.ts'
import { azureOpenaiPreviewWire } from './azure-openai-preview.ts'
import { azureOpenaiWire } from './azure-openai.ts'
import { openaiWire } from './openai.ts'

/** The wires that are there; the others follow. */
const wires: Partial<Record<WireName, Wire>> = {
  openai: openaiWire,
  'azure-openai': azureOpenaiWire,
  'azure-openai-preview': azureOpenaiPreviewWire,
}

/** The rules of one wire. */
export function wireOf(name: WireName): Wire {
  const wire = wires[name]
  if (wire === undefined) throw new RangeError(`There is no stand-in for ${name}.`)
  return wire
}
