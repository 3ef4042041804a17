'use client'

import { useEffect, useState } from 'react'
import type { BackendList } from '../gateway-client.ts'
import { readSetup, writeSetup, type CompareSetup } from './compare-setup.ts'
import { plainLane, type LaneSetup } from './lane-setup.ts'

/** What is set up: begins with the address, and keeps it up to date so that it can be shared. */
export function useCompareSetup(
  search: string,
  backends: BackendList | undefined,
): readonly [CompareSetup, (change: Partial<CompareSetup>) => void] {
  const [setup, setSetup] = useState(() => readSetup(new URLSearchParams(search)))
  const lanes = setup.lanes.length > 0 ? withSecond(setup.lanes) : firstLanes(backends)
  const whole = { ...setup, lanes }
  const address = writeSetup(whole).toString()
  useEffect(() => {
    if (backends === undefined) return
    history.replaceState(history.state, '', `${location.pathname}?${address}`)
  }, [address, backends])
  return [whole, (change) => setSetup({ ...whole, ...change })]
}

/** The default backend against another one; against itself with a shorter pause where there is no other. */
function firstLanes(list: BackendList | undefined): readonly LaneSetup[] {
  const names = list?.backends.filter(({ name }) => name !== 'replay').map(({ name }) => name) ?? []
  const first = list?.backends.find((backend) => backend.default)?.name ?? names[0]
  if (first === undefined) return withSecond([])
  const other = names.find((name) => name !== first)
  return other === undefined ? withSecond([plainLane(first)]) : [plainLane(first), plainLane(other)]
}

/** A comparison has two lanes at least. */
function withSecond(lanes: readonly LaneSetup[]): readonly LaneSetup[] {
  const [first = plainLane('local'), ...rest] = lanes
  return rest.length > 0 ? lanes : [first, { ...first, name: '', turns: 'server_vad', silenceMs: '200' }]
}
