import { invalid, type GeminiClose, type GeminiSetup } from './gemini-rules.ts'

/** What a model of the service allows, by the vendor's model pages. */
export interface GeminiModel {
  readonly name: string
  readonly contextUpdate: boolean
  /** `clientContent` after the first turn. */
  readonly laterClientContent: boolean
  readonly historyConfig: boolean
  readonly behavior: boolean
}

const models: readonly GeminiModel[] = [
  {
    name: 'gemini-3.8-live',
    contextUpdate: true,
    laterClientContent: true,
    historyConfig: true,
    behavior: true,
  },
  {
    name: 'gemini-3.1-flash-live-preview',
    contextUpdate: false,
    laterClientContent: false,
    historyConfig: true,
    behavior: false,
  },
  {
    name: 'gemini-2.5-flash-native-audio-preview-12-2025',
    contextUpdate: false,
    laterClientContent: true,
    historyConfig: false,
    behavior: true,
  },
]

const voices: ReadonlySet<string> = new Set(
  (
    'Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina ' +
    'Erinome Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi ' +
    'Vindemiatrix Sadachbia Sadaltager Sulafat'
  ).split(' '),
)

/** The model of a setup, or the close that answers the setup. */
export function admitSetup(setup: GeminiSetup, vertex: boolean): GeminiModel | GeminiClose {
  if (setup.model.startsWith('projects/') !== vertex) return invalid(`setup.model: ${setup.model}`)
  const name = setup.model.slice(setup.model.lastIndexOf('/') + 1)
  const model = models.find((known) => known.name === name)
  if (!model) {
    const reason = `models/${name} is not found for API version v1beta, or is not supported for bidiGenerateContent.`
    return { code: 1008, reason: reason.slice(0, 120), rule: `no model ${name}` }
  }
  const voice = setup.generationConfig?.speechConfig?.voiceConfig?.prebuiltVoiceConfig.voiceName
  if (voice !== undefined && !voices.has(voice)) return invalid(`no voice ${voice}`)
  if (setup.generationConfig?.responseModalities[0] === 'TEXT')
    return invalid('native audio models answer with AUDIO')
  if (setup.historyConfig && !model.historyConfig) return invalid('setup.historyConfig: not with this model')
  const declared = setup.tools?.flatMap(({ functionDeclarations }) => functionDeclarations) ?? []
  if (declared.some(({ behavior }) => behavior !== undefined) && (vertex || !model.behavior)) {
    return invalid('behavior of a function: not with this model')
  }
  return model
}
