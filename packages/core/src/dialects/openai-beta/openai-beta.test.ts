import { describeLaws } from '@parley/audio/testing'
import { dialectLaws } from '../../testing/dialect-laws.ts'
import { betaClientSamples, betaServerSamples } from '../../testing/beta-samples.ts'
import { openaiBeta } from './index.ts'

describeLaws('OpenAI beta', dialectLaws, () => ({
  dialect: openaiBeta,
  clientEvents: betaClientSamples,
  serverEvents: betaServerSamples,
}))
