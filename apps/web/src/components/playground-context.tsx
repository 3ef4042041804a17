'use client'

import { createContext, useContext } from 'react'
import type { AudioDevices } from '../audio/devices.ts'
import type { Backend, GatewayClient, UnavailableBackend } from '../gateway-client.ts'
import type { Controller } from '../session/controller.ts'
import type { Settings } from '../session/settings.ts'
import type { Conversations } from './use-conversations.ts'
import type { Downloads } from './use-downloads.ts'

/** What every part of the page may use. */
export interface PlaygroundState {
  readonly controller: Controller
  readonly client: GatewayClient
  /** What the person chose. */
  readonly settings: Settings
  /** The same as the chosen backend can follow it. */
  readonly inForce: Settings
  readonly changeSettings: (change: Partial<Settings>) => void
  /** `undefined` until the gateway has told them. */
  readonly backends: readonly Backend[] | undefined
  /** Backends that lack a setting. */
  readonly unavailable: readonly UnavailableBackend[]
  /** The chosen backend, else the gateway's default. */
  readonly backend: Backend | undefined
  /** Name of a backend for people; one the gateway does not have keeps its own. */
  readonly backendTitle: (name: string) => string
  readonly devices: AudioDevices
  readonly downloads: Downloads
  readonly conversations: Conversations
  /** True where the gateway may remember facts about people. */
  readonly people: boolean
  /** Shows what is remembered. */
  readonly showMemory: () => void
  /** Leads to the field of the person's name; `nameAskings` counts how often. */
  readonly askForName: () => void
  readonly nameAskings: number
  /** Opens a stored conversation. */
  readonly openConversation: (id: string) => Promise<void>
}

/** Provided by the playground. */
export const PlaygroundContext = createContext<PlaygroundState | undefined>(undefined)

/** The state of the page; throws outside of the playground. */
export function usePlayground(): PlaygroundState {
  const state = useContext(PlaygroundContext)
  if (!state) throw new Error('PlaygroundContext is missing.')
  return state
}
