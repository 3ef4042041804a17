import { RealtimeError } from '../../../errors.ts'
import { disposeAll } from './dispose-all.ts'
import type { WarmSpeechToText } from './warm.ts'

/** One recogniser and what it needs. */
export interface SpeechToTextRoute {
  readonly engine: WarmSpeechToText
  /** Primary tags sent to it; those of the engine by default. */
  readonly languages?: readonly string[]
  /** Id of its download, and whether it is there. */
  readonly model?: { readonly id: string; isReady(): boolean }
}

/** Several recognisers as one, chosen by the session's language. */
export interface SpeechToTextRouter extends WarmSpeechToText {
  /** What a language needs: `ready`, the id of a download, or `undefined` when no engine knows it. */
  need(language: string): 'ready' | { readonly download: string } | undefined
}

/**
 * Sends speech to the first ready engine for its language; without a language to the first route. Rejects with
 * `model_not_downloaded`, which names the download, or `unsupported`.
 */
export function speechToTextRouter(
  routes: readonly [SpeechToTextRoute, ...SpeechToTextRoute[]],
): SpeechToTextRouter {
  const isReady = ({ model }: SpeechToTextRoute): boolean => model === undefined || model.isReady()
  const tagsOf = ({ engine, languages }: SpeechToTextRoute): readonly string[] =>
    languages ?? engine.languages
  const routesFor = (language: string): readonly SpeechToTextRoute[] => {
    const primary = language.split('-')[0]?.toLowerCase() ?? language
    return routes.filter((route) => tagsOf(route).includes(primary))
  }
  const need = (language: string): 'ready' | { readonly download: string } | undefined => {
    const candidates = routesFor(language)
    if (candidates.some(isReady)) return 'ready'
    const missing = candidates.find(({ model }) => model !== undefined)?.model
    return missing === undefined ? undefined : { download: missing.id }
  }

  return {
    name: routes.map(({ engine }) => engine.name).join(' + '),
    get languages() {
      return [...new Set(routes.filter(isReady).flatMap(tagsOf))]
    },
    maxSeconds: Math.min(...routes.map(({ engine }) => engine.maxSeconds)),
    need,
    async warm() {
      await Promise.all(routes.filter(isReady).map(({ engine }) => engine.warm()))
    },
    async transcribe(audio, options) {
      const { language } = options
      const route = language === undefined ? routes[0] : routesFor(language).find(isReady)
      if (route !== undefined) return route.engine.transcribe(audio, options)
      const needed = need(language ?? '')
      if (typeof needed === 'object') {
        throw new RealtimeError(
          'model_not_downloaded',
          `Recognition of language ${language} needs the download ${needed.download}.`,
          { param: 'session.audio.input.transcription.language' },
        )
      }
      throw new RealtimeError('unsupported', `No local engine recognises language ${language}.`, {
        param: 'session.audio.input.transcription.language',
      })
    },
    [Symbol.asyncDispose]: () => disposeAll(routes.map(({ engine }) => engine)),
  }
}
