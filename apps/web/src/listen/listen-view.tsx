'use client'

import { useEffect, useMemo, useState, type JSX } from 'react'
import { zoomStep } from '../compare/stage/timeline.ts'
import { ZoomButton } from '../compare/stage/zoom-button.tsx'
import { Icon } from '../components/icons.tsx'
import { useStore } from '../components/use-store.ts'
import { docsAddress } from '../docs-address.ts'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { defaultSettings, loadSettings } from '../session/settings.ts'
import { Shell } from '../shell/shell.tsx'
import { ExportSection } from './export-section.tsx'
import { keepLabSettings, keptLabSettings } from './kept-lab-settings.ts'
import { LabCanvas, type LabPlayhead } from './lab-canvas.tsx'
import { changedLabSettings, defaultLabSettings, type LabSettings } from './lab-settings.ts'
import { loadSample } from './samples.ts'
import { formOf, type WireForm } from './session-json.ts'
import { SettingsPanel } from './settings-panel.tsx'
import { SourceBar } from './source-bar.tsx'
import { markKinds, type HeardTurn } from './turn-marks.ts'
import { MarkIcon, MarksTable, TurnsTable } from './turns-table.tsx'
import { useLab, type OpenLab } from './use-lab.ts'

/** What detection hears in a sound, and what each setting changes about it. */
export function ListenView(): JSX.Element {
  const text = useListenText()
  const { language } = usePreferences()
  const [settings, setSettings] = useState<LabSettings>(defaultLabSettings)
  const [wanted, setWanted] = useState<WireForm>('openai')
  const form = formOf(settings, wanted)
  const open = useLab()
  // Only the browser knows what was kept in it.
  useEffect(() => setSettings(keptLabSettings()), [])
  useEffect(() => open?.lab.changeSettings(settings), [open, settings])
  const change = (next: Partial<LabSettings>): void => {
    const changed = changedLabSettings(settings, next)
    keepLabSettings(changed)
    setSettings(changed)
  }
  return (
    <Shell
      view="listen"
      main="listen"
      saysGone
      shortcuts={[
        { keys: ['space'], does: text.keys.play },
        { keys: ['← →'], does: text.keys.step },
        { keys: ['shift', '← →'], does: text.keys.fine },
        { keys: ['home'], does: text.keys.toStart },
        { keys: ['end'], does: text.keys.toEnd },
        { keys: ['+'], does: text.keys.zoomIn },
        { keys: ['-'], does: text.keys.zoomOut },
        { keys: ['0'], does: text.keys.fit },
      ]}
      shortcutsNote={text.keys.note}
    >
      <main className="lab" id="listen" tabIndex={-1}>
        <header className="compare-intro lab-intro">
          <h1>{text.heading}</h1>
          <p>
            {text.lead} <a href={docsAddress(language, 'guides/turn-detection')}>{text.guide}</a>
          </p>
        </header>
        {open ? (
          <Workbench open={open} settings={settings} form={form} onChange={change} />
        ) : (
          <div className="lab-waiting" />
        )}
        <ExportSection settings={settings} form={form} onForm={setWanted} />
      </main>
    </Shell>
  )
}

function Workbench(props: {
  readonly open: OpenLab
  readonly settings: LabSettings
  readonly form: WireForm
  readonly onChange: (change: Partial<LabSettings>) => void
}): JSX.Element {
  const { lab, timeline, player } = props.open
  const text = useListenText()
  const { format, language } = usePreferences()
  const state = useStore(lab.state)
  const isPlaying = useStore(player.playing)
  const hasSound = state.phase !== 'empty' && state.phase !== 'opening'
  const isLive = state.phase === 'live'
  const playhead = useMemo<LabPlayhead>(
    () => ({
      position: player.position,
      isPlaying: () => player.playing.get(),
      seek(at) {
        player.seek(at)
        timeline.invalidate()
      },
      toggle() {
        if (player.playing.get()) return player.pause()
        const end = lab.picture.durationMs
        if (end === 0 || lab.state.get().phase === 'live') return
        const at = player.position()
        void player.play(at >= end - 20 ? 0 : at, end)
      },
    }),
    [lab, player, timeline],
  )
  const begin = (act: () => Promise<void>): void => {
    player.seek(0)
    timeline.fit()
    void act()
  }
  const hear = (turn: HeardTurn): void => {
    if (lab.state.get().phase === 'live') return
    timeline.reveal(turn.paddedMs)
    void player.play(turn.paddedMs, turn.sentMs ?? lab.picture.durationMs)
  }
  const misfires = state.marks.filter(({ kind }) => kind === 'misfire').length
  return (
    <>
      <SourceBar
        state={state}
        onMicrophone={() => begin(() => lab.startLive(loadSettings(defaultSettings(language)).microphoneId))}
        onStop={() => {
          lab.stopLive()
          timeline.fit()
        }}
        onFile={(file) => begin(() => lab.openFile(file))}
        onSample={(name) => begin(() => lab.openSound(text.source.sampleNames[name], () => loadSample(name)))}
      />
      <section
        className="lab-stage"
        aria-label={text.picture.label}
        data-phase={state.phase}
        data-testid="lab-stage"
      >
        <div className="lab-transport">
          <button
            type="button"
            className="button"
            disabled={!hasSound || isLive}
            data-testid="lab-play"
            data-playing={isPlaying}
            onClick={playhead.toggle}
          >
            <Icon name={isPlaying ? 'pause' : 'play'} size={18} />
            {isPlaying ? text.picture.pause : text.picture.play}
          </button>
          <p className="lab-summary" role="status" data-testid="lab-summary" data-turns={state.turns.length}>
            {state.durationMs === 0
              ? text.picture.empty
              : text.picture.summary(state.turns.length, misfires, format.decimal(state.durationMs / 1000))}
          </p>
          <div className="lab-zoom">
            <ZoomButton icon="minus" label={text.picture.zoomOut} onClick={() => timeline.zoom(zoomStep)} />
            <ZoomButton icon="plus" label={text.picture.zoomIn} onClick={() => timeline.zoom(1 / zoomStep)} />
            <ZoomButton icon="fit" label={text.picture.fit} onClick={() => timeline.fit()} />
          </div>
        </div>
        <LabCanvas
          timeline={timeline}
          picture={lab.picture}
          state={state}
          settings={props.settings}
          playhead={playhead}
          onHear={hear}
        />
      </section>
      <ul className="lab-legend">
        {markKinds.map((kind) => (
          <li key={kind}>
            <MarkIcon kind={kind} /> {text.marks.kinds[kind]}
          </li>
        ))}
        {(['padding', 'turn', 'wait'] as const).map((part) => (
          <li key={part}>
            <span className="lab-swatch" data-part={part} /> {text.picture.parts[part]}
          </li>
        ))}
      </ul>
      <SettingsPanel settings={props.settings} form={props.form} onChange={props.onChange} />
      <div className="lab-tables">
        <TurnsTable
          turns={state.turns}
          canHear={!isLive}
          onHear={hear}
          onShow={(at) => {
            playhead.seek(at)
            timeline.reveal(at)
          }}
        />
        <MarksTable marks={state.marks} />
      </div>
    </>
  )
}
