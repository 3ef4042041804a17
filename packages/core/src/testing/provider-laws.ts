import type { Law } from '@parley/audio/testing'
import { connectionLaws } from './provider-laws/connection-laws.ts'
import { conversationLaws } from './provider-laws/conversation-laws.ts'
import { evidenceLaws } from './provider-laws/evidence-laws.ts'
import { settingLaws } from './provider-laws/setting-laws.ts'
import type { ProviderUnderTest } from './provider-laws/under-test.ts'

export type { ProviderUnderTest, Scripted, ScriptedOptions } from './provider-laws/under-test.ts'

/** What every provider over a WebSocket does against the stand-in of its wire. */
export const providerLaws: readonly Law<ProviderUnderTest>[] = [
  ...connectionLaws,
  ...conversationLaws,
  ...settingLaws,
  ...evidenceLaws,
]
