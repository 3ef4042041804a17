import { describeLaws } from '@parley/audio/testing'
import { connectionLaws } from '../../testing/provider-laws/connection-laws.ts'
import { conversationLaws } from '../../testing/provider-laws/conversation-laws.ts'
import { evidenceLaws } from '../../testing/provider-laws/evidence-laws.ts'
import { settingLaws } from '../../testing/provider-laws/setting-laws.ts'
import type { ProviderUnderTest } from '../../testing/provider-laws/under-test.ts'
import { geminiUpstream } from '../../testing/upstream/gemini-upstream.ts'
import { geminiLive, type GeminiLiveOptions } from './gemini-live.ts'

const key = 'gemini-secret'

/**
 * Laws that do not fit the wire, each with a test of its own beside this file: the service says nothing before a
 * setup, it is dialled again when it leaves, and it has no turns without an answer, which one law listens with.
 */
const otherwise: ReadonlySet<string> = new Set([
  'begins with session.created and loses nothing that came before it',
  'gives up a backend that opens and says nothing, at the limit it names',
  'takes an error in place of the session for a refusal, and keeps its code',
  'dials each model it declares, and is told that another is not known',
  'shows its key in no error',
  'ends with an error when the line drops in mid-answer, after what was said',
  'passes events on that nobody knows',
  'says that a session has reached its longest duration',
  'takes a quiet backend that answers pings for alive',
  'hears exactly the sound formats it declares',
])

const laws = [...connectionLaws, ...conversationLaws, ...settingLaws, ...evidenceLaws].filter(
  ({ name }) => !otherwise.has(name),
)

function underTest(options: Partial<GeminiLiveOptions> = {}): ProviderUnderTest {
  return {
    key,
    transcriptionModel: 'default',
    async open({ connect = {}, openDelayMs, refuse, neverUpgrade, deltaIntervalMs = 0 } = {}) {
      const upstream = await geminiUpstream({
        key,
        deltaIntervalMs,
        ...(openDelayMs === undefined ? {} : { openDelayMs }),
        ...(refuse === undefined ? {} : { refuse }),
        ...(neverUpgrade === undefined ? {} : { neverUpgrade }),
      })
      const provider = geminiLive({ apiKey: key, baseUrl: upstream.url, connect, ...options })
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

describeLaws('gemini-live', laws, underTest())
describeLaws('gemini-live with 3.1', laws, underTest({ model: 'gemini-3.1-flash-live-preview' }))
describeLaws(
  'gemini-live with 2.5',
  laws,
  underTest({ model: 'gemini-2.5-flash-native-audio-preview-12-2025' }),
)
