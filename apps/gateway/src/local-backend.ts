import type { Provider } from '@parley/core'
import {
  cascade,
  embeddedAnswerer,
  fliteTts,
  listChatModels,
  moonshineStt,
  openaiChat,
  picoTts,
  sileroVad,
  speechToTextRouter,
  systemVoiceTts,
  textToSpeechRouter,
  whisperStt,
} from '@parley/core/providers/cascade'
import type {
  ModelStore,
  SpeechToTextRouter,
  Stages,
  TextToSpeechRouter,
} from '@parley/core/providers/cascade'
import type { Config } from './config.ts'
import { createId } from './ids.ts'
import { localLanguages } from './local-languages.ts'
import { isLoopbackHost } from './origins.ts'
import { stageVoices } from './stage-voices.ts'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** What the local backend is made from. */
export interface LocalBackendOptions {
  readonly config: Pick<Config, 'stt' | 'tts' | 'llm' | 'offline'>
  readonly models: ModelStore
  readonly log: Log
}

/** The backend on this machine, with its engines. Disposing it stops them. */
export interface LocalBackend extends AsyncDisposable {
  readonly provider: Provider
  /** What it is made of, for backends that share its engines. */
  readonly stages: Stages & { readonly tts: TextToSpeechRouter }
  /** Starts the engines and what they were set to download, without waiting for either. */
  warm(): void
  /** Why a call could not be taken yet, `undefined` when it could. */
  missing(): string | undefined
}

const failed = 'could not start'

/** Voice activity, recognition, language model and voices as the configuration asks for them. */
export function localBackend({ config, models, log }: LocalBackendOptions): LocalBackend {
  const vad = sileroVad()
  const stt = recogniser(config.stt, models)
  const tts = voices(config.tts, models)
  const llm = config.llm === undefined ? embeddedAnswerer() : openaiChat(config.llm)
  const stages = { vad, stt, tts, llm }
  const chat = config.llm
  let missing: string | undefined = 'are starting'
  let isStopping = false
  let chatModels: readonly string[] = chat === undefined ? [] : [chat.model]

  const provider = cascade({
    name: 'local',
    title: 'Local',
    description:
      chat === undefined
        ? 'Speech on this machine with an embedded answerer, which is not a language model.'
        : `Speech on this machine with the language model ${chat.model}.`,
    stages,
    // The embedded answerer costs nothing, so its answer is begun before the turn is over.
    speculate: { response: chat === undefined },
    now: Date.now,
    newId: createId,
    capabilities: {
      get models() {
        return chatModels
      },
      get languages() {
        const { offline } = config
        return localLanguages({
          need: (language) => stt.need(language),
          voices: tts.voices,
          models: models.list(),
          offline,
        })
      },
      local: chat === undefined || isLoopbackHost(new URL(chat.url).hostname),
    },
  })

  async function warmEngines(): Promise<void> {
    missing = 'are starting'
    try {
      await Promise.all([vad.warm(), stt.warm(), tts.warm()])
      missing = undefined
      log.info('engines are ready')
    } catch (error) {
      missing = failed
      if (isStopping) return
      log.error(errorFields(error), 'engines failed to start')
    }
  }

  /** A setting that needs a model fetches it once; until then the default engine does the work. */
  async function fetchModel(id: string): Promise<void> {
    try {
      await models.download(id)
      log.info({ model: id }, 'model is ready')
      await stt.warm()
    } catch (error) {
      log.warn({ model: id, ...errorFields(error) }, 'model could not be fetched, the default engine goes on')
    }
  }

  return {
    provider: { ...provider, voices: stageVoices(tts) },
    stages,
    warm() {
      void warmEngines()
      if (config.stt !== 'moonshine-tiny') void fetchModel(config.stt)
      if (chat !== undefined) {
        listChatModels(chat).then(
          (found) => void (chatModels = [...new Set([chat.model, ...found])]),
          (error: unknown) => log.warn(errorFields(error), 'language model does not list its models'),
        )
      }
    },
    missing() {
      const reason = missing
      // Engines that failed once are started again for whoever asks.
      if (reason === failed) void warmEngines()
      return reason
    },
    async [Symbol.asyncDispose]() {
      isStopping = true
      await using stack = new AsyncDisposableStack()
      for (const stage of [vad, stt, tts]) stack.use(stage)
    },
  }
}

function recogniser(name: Config['stt'], models: ModelStore): SpeechToTextRouter {
  const size = name === 'whisper-small' ? 'small' : 'base'
  const isReady = (): boolean => models.path(`whisper-${size}`) !== undefined
  const whisper = { engine: whisperStt({ models, size }), model: { id: `whisper-${size}`, isReady } }
  const moonshine = { engine: moonshineStt() }
  if (name === 'moonshine-tiny') return speechToTextRouter([moonshine, whisper])
  const router = speechToTextRouter([whisper, moonshine])
  return {
    name: router.name,
    maxSeconds: router.maxSeconds,
    get languages() {
      return router.languages
    },
    need: (language) => router.need(language),
    warm: () => router.warm(),
    // Without a language the router asks its first engine, which cannot serve before its download.
    transcribe: (audio, options) =>
      router.transcribe(audio, { ...options, language: options.language ?? (isReady() ? undefined : 'en') }),
    [Symbol.asyncDispose]: () => router[Symbol.asyncDispose](),
  }
}

function voices(name: Config['tts'], models: ModelStore): TextToSpeechRouter {
  const engines = [
    { name: 'flite', engine: fliteTts() },
    { name: 'pico', engine: picoTts({ models }) },
    { name: 'system', engine: systemVoiceTts() },
  ]
  const first = engines.toSorted((a, b) => Number(b.name === name) - Number(a.name === name))
  return textToSpeechRouter(first.map(({ engine }) => engine))
}
