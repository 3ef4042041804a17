import type { Wire, WireName } from '../wire.ts'
import { azureOpenaiPreviewWire } from './azure-openai-preview.ts'
import { azureOpenaiWire } from './azure-openai.ts'
import { openaiWire } from './openai.ts'
import { voiceLiveWire } from './voice-live.ts'

/** The wires by name. */
export const wires: Readonly<Record<WireName, Wire>> = {
  openai: openaiWire,
  'azure-openai': azureOpenaiWire,
  'azure-openai-preview': azureOpenaiPreviewWire,
  'voice-live': voiceLiveWire,
}
