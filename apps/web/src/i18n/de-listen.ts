import type { ListenTexts } from './en-listen.ts'

/** Texts of the view that listens. */
export const listenTexts: ListenTexts = {
  heading: 'Hörlabor',
  lead: 'Sieh, was die Erkennung von Sprache hört, und finde Einstellungen, die zu deinem Klang passen.',
  guide: 'Wie man sie wählt',
  source: {
    microphone: 'Mikrofon benutzen',
    stop: 'Stopp',
    samples: 'Klänge zum Ausprobieren',
    sampleNames: { en: 'Englisches Beispiel', de: 'Deutsches Beispiel' },
    choose: 'Tondatei öffnen',
    drop: (minutes) =>
      `oder hier ablegen: jedes Format, das dieser Browser kennt, bis ${minutes} Minuten. Die Datei bleibt in diesem Browser.`,
    progress: (name) => `${name} wird gehört`,
    problems: {
      unreadable: ({ name }) =>
        `${name} ist kein Klang, den dieser Browser lesen kann. WAV, MP3 und Ogg liest jeder.`,
      too_long: ({ minutes }) => `Das Labor nimmt bis zu ${minutes} Minuten Klang.`,
      no_model: () => 'Silero ließ sich nicht laden. Statt seiner hört die Energieerkennung.',
      no_microphone: () =>
        'Das Mikrofon ließ sich nicht benutzen. Erlaube es in den Einstellungen der Seite neben der Adresszeile, oder öffne eine Datei.',
      microphone_lost: () => 'Das Mikrofon ist weg. Was es bis dahin gehört hat, ist noch da.',
      no_sample: () => 'Das Beispiel ließ sich nicht laden.',
    },
  },
  picture: {
    label: 'Klang und Erkennung',
    timeline: 'Stelle im Klang',
    seconds: (value) => `${value} s`,
    kilohertz: (value) => `${value} kHz`,
    enter: 'Beginn',
    leave: 'Ende',
    play: 'Abspielen',
    pause: 'Anhalten',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fit: 'Alles zeigen',
    empty: 'Noch kein Klang.',
    summary: (turns, misfires, seconds) =>
      `${turns === 1 ? '1 Beitrag' : `${turns} Beiträge`}${misfires === 0 ? '' : ` und ${misfires === 1 ? '1 Fehlstart' : `${misfires} Fehlstarts`}`} in ${seconds} s`,
    parts: { padding: 'Vorlauf und Nachlauf', turn: 'Sprache', wait: 'Stille bis zum Ende des Beitrags' },
  },
  settings: {
    detection: 'Sprache',
    end: 'Ende des Beitrags',
    detector: 'Erkennung',
    detectors: { silero: 'Silero v6', energy: 'Energie' },
    detectorHints: {
      silero: 'Ein kleines Modell, das Parley auch selbst benutzt. Es hält Sprache und Lärm auseinander.',
      energy: 'Pegel über dem Rauschen, ohne Modell. Jeder laute Klang ist ihm Sprache.',
    },
    mode: 'Wer einen Beitrag beendet',
    modes: { server_vad: 'Stille', semantic_vad: 'Semantisch', azure_semantic_vad: 'Azure' },
    modeHints: {
      server_vad: 'Eine feste Stille: server_vad.',
      semantic_vad:
        'Eine Stille, die davon abhängt, wie fertig ein Beitrag klingt: semantic_vad von OpenAI. Das Labor hat keine Wörter und urteilt nach der Stimme; das lokale Backend urteilt nach den Wörtern.',
      azure_semantic_vad:
        'azure_semantic_vad von Voice Live, nachgeahmt von Parleys eigener Erkennung und nach der Stimme beurteilt. Azures Erkennung mag anders urteilen.',
    },
    eagerness: 'Eifer',
    eagernessNames: { low: 'Gering', auto: 'Auto', high: 'Hoch' },
    eagernessHint:
      'Hoch beendet Beiträge nach 0,16 bis 2 s Stille, Auto nach 0,3 bis 4 s, Gering nach 0,5 bis 8 s.',
    sureLevel: 'Sicherheit',
    sureLevels: { low: 'Gering', medium: 'Mittel', high: 'Hoch' },
    sureHint: 'Wie fertig ein Beitrag klingen muss, um nach der kürzesten Stille zu enden.',
    reset: 'Zurück zu den Vorgaben',
    local: 'nur hier',
    localLong: 'Das Sitzungsobjekt hat dafür kein Feld; Sitzungen nehmen einen eigenen Wert.',
    milliseconds: (value) => `${value} ms`,
    decibels: (value) => `${value} dB`,
    numbers: {
      energyThresholdDb: {
        label: 'Pegel über dem Rauschen',
        hint: 'Ab hier ist ein Rahmen eher Sprache als nicht.',
      },
      energyFloorDbfs: {
        label: 'Tiefstes Grundrauschen',
        hint: 'Damit ein Rauschen in stiller Leitung keine Sprache wird.',
      },
      enterThreshold: {
        label: 'Schwelle für den Beginn',
        hint: 'Ab dieser Wahrscheinlichkeit beginnt Sprache. Höher überhört mehr Lärm und mehr leise Wörter.',
      },
      leaveThreshold: {
        label: 'Schwelle für das Ende',
        hint: 'Sprache geht weiter, solange die Wahrscheinlichkeit darüber bleibt.',
      },
      minSpeechMs: {
        label: 'Kürzeste Sprache',
        hint: 'Was kürzer ist, ist ein Fehlstart: ein Husten, ein Klicken.',
      },
      prefixPaddingMs: {
        label: 'Vorlauf',
        hint: 'Klang vor dem Einsatz, der zum Beitrag gehört. Zu wenig schneidet erste Konsonanten ab.',
      },
      tailMs: {
        label: 'Nachlauf',
        hint: 'Klang nach dem Ende der Sprache, der zum Beitrag gehört. Er bewahrt leise Enden.',
      },
      silenceMs: {
        label: 'Stille',
        hint: 'Beendet den Beitrag. Kürzer antwortet früher und fällt denen ins Wort, die nachdenken.',
      },
      pauseMs: {
        label: 'Pause',
        hint: 'Stille, nach der schon eine Antwort begonnen werden darf; spricht jemand weiter, wird sie verworfen.',
      },
      timeoutMs: { label: 'Längste Stille', hint: 'Beendet einen Beitrag, der nicht fertig klingt.' },
    },
  },
  turns: {
    title: 'Beiträge',
    none: 'Noch kein Beitrag.',
    number: 'Beitrag',
    turn: (number) => `Beitrag ${number}`,
    from: 'Von',
    to: 'Bis',
    wait: 'Beendet nach',
    pauses: 'Pausen',
    actions: 'Anhören',
    hear: 'Anhören',
    show: 'im Bild zeigen',
    open: 'noch offen',
    milliseconds: (value) => `${value} ms`,
  },
  marks: {
    title: 'Marken',
    none: 'Noch keine Marke.',
    kind: 'Was',
    at: 'Bei',
    known: 'Bekannt nach',
    score: 'Fertig?',
    all: (count) => `Alle ${count} zeigen`,
    kinds: {
      tentative: 'Vermuteter Beginn',
      started: 'Sprache begann',
      misfire: 'Fehlstart',
      pause: 'Pause',
      resumed: 'Ging weiter',
      stopped: 'Beitrag beendet',
    },
  },
  export: {
    title: 'Für deine Sitzung',
    form: 'Protokoll',
    forms: { openai: 'OpenAI', 'voice-live': 'Voice Live' },
    copy: 'Kopieren',
    copied: 'Kopiert',
    save: 'Als JSON sichern',
    use: 'Im Playground benutzen',
    unsent: (names) => `Nicht dabei, weil das Protokoll kein Feld dafür hat: ${names}.`,
    nearest: (silence) => `Der Playground bietet weniger Werte und nimmt ${silence} Stille.`,
  },
  keys: {
    play: 'Abspielen oder anhalten',
    step: 'Um 1 s zurück oder vor',
    fine: 'Um 0,1 s zurück oder vor',
    toStart: 'An den Anfang',
    toEnd: 'Ans Ende',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    fit: 'Alles zeigen',
    note: 'Sie wirken, solange das Bild den Fokus hat.',
  },
}
