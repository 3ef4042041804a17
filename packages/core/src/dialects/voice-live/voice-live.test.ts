import { describeLaws } from '@parley/audio/testing'
import { dialectLaws } from '../../testing/dialect-laws.ts'
import { voiceLiveClientSamples, voiceLiveServerSamples } from '../../testing/voice-live-samples.ts'
import { voiceLive } from './index.ts'

describeLaws('Voice Live', dialectLaws, () => ({
  dialect: voiceLive,
  clientEvents: voiceLiveClientSamples,
  serverEvents: voiceLiveServerSamples,
}))
