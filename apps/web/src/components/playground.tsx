'use client'

import { useCallback, useEffect, useMemo, useRef, useState, type JSX } from 'react'
import { noDevices, watchDevices } from '../audio/devices.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { changeable } from '../session/abilities.ts'
import { loadWire } from '../session/connect.ts'
import { createController } from '../session/create-controller.ts'
import { fitGateway, fitSettings } from '../session/fit-settings.ts'
import { defaultSettings, loadSettings, saveSettings, type Settings } from '../session/settings.ts'
import { storedTurns } from '../session/stored-turns.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { Shell } from '../shell/shell.tsx'
import { BesidePanel, type BesideView } from './beside-panel.tsx'
import { ConnectionState } from './connection-state.tsx'
import { ConversationList } from './conversation-list.tsx'
import { PlaygroundContext } from './playground-context.tsx'
import { ProblemBanner } from './problem-banner.tsx'
import { SetupPanel } from './setup-panel.tsx'
import { TalkDock } from './talk-dock.tsx'
import { Transcript } from './transcript.tsx'
import { TurnAnnouncer } from './turn-announcer.tsx'
import { useBackendWithModel } from './use-backend-with-model.ts'
import { useBackends } from './use-backends.ts'
import { useConversations } from './use-conversations.ts'
import { useDownloads } from './use-downloads.ts'
import { useHotkeys } from './use-hotkeys.ts'
import { useKeptConversation } from './use-kept-conversation.ts'
import { useStore } from './use-store.ts'
import { ViewTabs, type ViewName } from './view-tabs.tsx'

/** The whole page: joins the controller, the gateway and the settings, and lays out the parts. */
export function Playground(): JSX.Element {
  const { gatewayUrl, needsSecret, client } = useGateway()
  const { language, text } = usePreferences()
  const [settings, setSettings] = useState<Settings>(() => defaultSettings(language))
  const [controller] = useState(() => createController({ gatewayUrl, needsSecret, settings }))
  const [devices, setDevices] = useState(noDevices)
  const [view, setView] = useState<ViewName>('talk')
  const [beside, setBeside] = useState<BesideView>('events')
  const show = useCallback((next: ViewName): void => {
    setView(next)
    if (next === 'events' || next === 'memory') setBeside(next)
  }, [])

  const { list, refresh: loadBackends } = useBackends(client)
  const downloads = useDownloads(client, loadBackends)
  const conversations = useConversations(client)

  // What this browser remembers is only known after the first render, which is the server's.
  useEffect(() => {
    setSettings((before) => loadSettings(before))
  }, [])

  const backends = list?.backends
  const chosen =
    backends?.find(({ name }) => name === settings.backend) ??
    backends?.find((candidate) => candidate.default) ??
    backends?.[0]
  const model = chosen?.capabilities.models.includes(settings.model) ? settings.model : ''
  const backend = useBackendWithModel(client, chosen, model)
  const chosenName = chosen?.name
  const people = list?.people ?? false
  const inForce = useMemo(() => {
    const known = (backends ?? []).map(({ name }) => name)
    return fitGateway(fitSettings(settings, backend?.capabilities), { chosen: chosenName, known, people })
  }, [settings, backend, backends, chosenName, people])
  useHotkeys(controller, inForce.turnMode === 'push-to-talk')
  const updatable = useMemo(() => backend && changeable(backend.capabilities), [backend])
  useEffect(() => {
    void controller.apply(inForce, updatable)
  }, [controller, inForce, updatable])

  const changeSettings = useCallback((change: Partial<Settings>): void => {
    setSettings((before) => {
      const next = { ...before, ...change }
      saveSettings(next)
      return next
    })
  }, [])

  // What a connection needs is loaded when a person begins to do something, and not with the page.
  useEffect(() => {
    const abort = new AbortController()
    const prepare = (): void => {
      abort.abort()
      void loadWire().catch(() => undefined)
    }
    for (const name of ['pointerdown', 'pointermove', 'keydown']) {
      addEventListener(name, prepare, { signal: abort.signal })
    }
    return () => abort.abort()
  }, [])

  const reportDevices = useRef<() => void>(() => undefined)
  useEffect(() => {
    const abort = new AbortController()
    reportDevices.current = watchDevices(setDevices, abort.signal)
    return () => abort.abort()
  }, [])
  const microphone = useStore(controller.microphone)
  const { connection, problem } = useStore(controller.view)
  // Names of devices are told once the microphone is open.
  useEffect(() => reportDevices.current(), [microphone])
  const { refresh } = conversations
  useEffect(() => {
    if (connection === 'open') loadBackends()
    refresh()
  }, [connection, loadBackends, refresh])
  useEffect(() => {
    const hangUp = (): void => void controller.hangUp()
    addEventListener('pagehide', hangUp)
    return () => {
      removeEventListener('pagehide', hangUp)
      hangUp()
    }
  }, [controller])

  const showMemory = useCallback(() => show('memory'), [show])
  const [nameAskings, setNameAskings] = useState(0)
  const askForName = useCallback(() => {
    setView('setup')
    setNameAskings((times) => times + 1)
  }, [])
  const openConversation = useCallback(
    async (id: string): Promise<void> => {
      await controller.show(id, storedTurns(await client.conversation(id)))
      setView('talk')
    },
    [controller, client],
  )

  useKeptConversation(controller, openConversation)

  const backendTitle = useCallback(
    (name: string) => backends?.find((each) => each.name === name)?.capabilities.title ?? name,
    [backends],
  )

  const state = useMemo(
    () => ({
      controller,
      client,
      settings,
      inForce,
      changeSettings,
      backends,
      unavailable: list?.unavailable ?? [],
      backend,
      backendTitle,
      devices,
      downloads,
      conversations,
      people,
      showMemory,
      askForName,
      nameAskings,
      openConversation,
    }),
    [
      controller,
      client,
      settings,
      inForce,
      changeSettings,
      backends,
      list,
      backend,
      backendTitle,
      devices,
      downloads,
      conversations,
      people,
      showMemory,
      askForName,
      nameAskings,
      openConversation,
    ],
  )

  const { talk } = text.shell.keys
  return (
    <PlaygroundContext value={state}>
      <Shell
        view="talk"
        main="conversation"
        skipText={text.skipToConversation}
        status={<ConnectionState />}
        saysGone={problem?.code === 'gateway_unreachable'}
        shortcuts={[
          { keys: ['space'], does: talk.hold },
          { keys: ['escape'], does: talk.stop },
          { keys: ['enter'], does: talk.send },
          { keys: ['shift', 'enter'], does: talk.line },
        ]}
      >
        <main className="page" data-view={view}>
          <h1 className="visually-hidden">{text.shell.views.talk}</h1>
          <ViewTabs view={view} onChange={show} />
          <div className="page-side">
            <SetupPanel />
            <ConversationList onOpen={() => setView('talk')} />
          </div>
          <div className="page-talk" id="conversation" tabIndex={-1}>
            <ProblemBanner />
            <Transcript />
            <TalkDock />
          </div>
          <BesidePanel
            beside={beside}
            onChange={(next) => {
              setBeside(next)
              setView((before) => (before === 'events' || before === 'memory' ? next : before))
            }}
          />
        </main>
      </Shell>
      <TurnAnnouncer />
    </PlaygroundContext>
  )
}
