import { describeLaws } from '@parley/audio/testing'
import { storeLaws } from '../testing/store-laws.ts'
import { memoryStore } from './memory-store.ts'

describeLaws('memoryStore', storeLaws, async (_place, now) => memoryStore({ now }))
