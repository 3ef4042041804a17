import { backendTexts, translationTexts, voiceTexts } from './de-backends.ts'
import { cassetteTexts } from './de-cassettes.ts'
import { sessionTexts } from './de-session.ts'
import { shellTexts } from './de-shell.ts'
import type { Messages } from './en.ts'

/** German. */
export const de: Messages = {
  title: 'Parley',
  tagline: 'Ein Zugang zu jedem Sprach-Backend, und er erinnert sich.',
  shell: shellTexts,
  skipToConversation: 'Zum Gespräch springen',
  languageSwitch: 'Sprache dieser Seite',
  theme: { label: 'Darstellung', system: 'System', light: 'Hell', dark: 'Dunkel' },
  views: {
    label: 'Bereiche',
    talk: 'Sprechen',
    setup: 'Einstellen',
    history: 'Verlauf',
    memory: 'Gedächtnis',
    events: 'Ereignisse',
  },
  connection: {
    label: 'Verbindung',
    idle: 'Nicht verbunden',
    connecting: 'Verbinde',
    open: 'Verbunden',
    reconnecting: 'Verbinde erneut',
  },
  activity: { quiet: 'Du bist dran', hearing: 'Hört dich', thinking: 'Denkt nach', speaking: 'Spricht' },
  talk: {
    start: 'Sprechen',
    stop: 'Mikrofon ausschalten',
    opening: 'Mikrofon wird geöffnet',
    hold: 'Zum Sprechen halten',
    release: 'Loslassen zum Senden',
    hintIdle: 'Drücken und sprechen',
    hintOpen: 'Einfach sprechen. Unterbrechen geht jederzeit.',
    hintMuted: 'Das Mikrofon ist aus',
    hintHold: 'Beim Sprechen den Knopf oder die Leertaste halten',
    hintTalking: 'Loslassen zum Senden',
    hintReconnecting: 'Die Verbindung wird wiederhergestellt',
    type: 'Nachricht schreiben',
    send: 'Senden',
    stopAnswer: 'Antwort anhalten',
    hangUp: 'Beenden',
    hangUpLong: 'Sitzung beenden',
    you: 'Du',
    parley: 'Parley',
    inputLevel: 'Pegel des Mikrofons',
    outputLevel: 'Pegel der Antwort',
    decibels: (value) => `${value} dB`,
    silent: 'still',
  },
  transcript: {
    label: 'Gespräch',
    emptyTitle: 'Sag etwas.',
    emptyText:
      'Drück auf das Mikrofon und frag, was Parley ist, wie der Sprecherwechsel funktioniert oder wie spät es ist. Unterbrich die Antwort: Sie hält an, und was du nicht gehört hast, ist markiert.',
    recorded: 'Eine Aufnahme antwortet: Sie sagt dasselbe, was immer du sagst.',
    roles: { user: 'Du', assistant: 'Parley', tool: 'Werkzeug', notice: 'Hinweis' },
    listening: 'Hört zu',
    preparing: 'Antwort wird vorbereitet',
    notUnderstood: 'Nicht verstanden',
    unheard: 'Nicht gehört',
    interrupted: 'Unterbrochen',
    said: (who, text) => `${who}: ${text}`,
    toNewest: 'Zum Neuesten',
  },
  latency: {
    fromSpeech: 'Vom Ende des Sprechens bis zum ersten Ton',
    fromSending: 'Vom Senden bis zum ersten Ton',
    milliseconds: (value) => `${value} ms`,
    parts: {
      turn: 'Ende erkannt',
      recognition: 'Erkennung',
      thinking: 'Formulierung',
      voice: 'Stimme',
      answer: 'Antwort',
      playout: 'Netz und Ausgabe',
    },
  },
  setup: {
    label: 'Einstellungen',
    backend: 'Backend',
    defaultBackend: 'Standard',
    loading: 'Lädt',
    voice: 'Stimme',
    defaultVoice: 'Automatisch',
    language: 'Du sprichst',
    needsDownload: 'Download',
    unavailable: 'nicht verfügbar',
    instructions: 'Anweisungen',
    instructionsHint: 'Wie die Antworten sein sollen. Leer lassen für die Art des Backends.',
    turns: 'Sprecherwechsel',
    vad: 'Freihändig',
    pushToTalk: 'Sprechtaste',
    silence: 'Stille, die deinen Beitrag beendet',
    milliseconds: (value) => `${value} ms`,
    microphone: 'Mikrofon',
    speaker: 'Lautsprecher',
    systemDevice: 'System',
    unnamedDevice: (place) => `Gerät ${place}`,
    speakerBySystem: 'Dieser Browser überlässt den Lautsprecher dem System.',
  },
  memory: 'Gedächtnis und Ausfälle',
  session: sessionTexts,
  backends: backendTexts,
  cassettes: cassetteTexts,
  voices: voiceTexts,
  translation: translationTexts,
  needs: {
    label: 'Was diese Sprache braucht',
    ready: (language) => `Dieses Backend versteht ${language} und antwortet darin.`,
    downloadBoth: (language) =>
      `Um ${language} zu verstehen und darin zu antworten, braucht dieses Backend einen einmaligen Download.`,
    downloadRecognition: (language) =>
      `Dieses Backend kann auf ${language} antworten. Um dich zu verstehen, braucht es einen einmaligen Download.`,
    downloadSpeech: (language) =>
      `Dieses Backend versteht ${language}. Um darin zu antworten, braucht es einen einmaligen Download.`,
    noRecognition: (language) => `Dieses Backend versteht ${language} nicht.`,
    noSpeech: (language) => `Dieses Backend hat keine Stimme für ${language}.`,
  },
  downloads: {
    label: 'Downloads',
    start: 'Herunterladen',
    cancel: 'Abbrechen',
    retry: 'Noch einmal',
    resume: 'Fortsetzen',
    ready: 'Bereit',
    title: (told, id) => downloadTitles[id] ?? told,
    licence: (name) => `Lizenz ${name}`,
    purposes: { recognition: 'Verstehen', speech: 'Sprechen' },
    source: (title) => `Herkunft und Lizenz von ${title}`,
    progress: (done, total) => `${done} von ${total}`,
    failed:
      'Der Download ist gescheitert. Prüfe das Netz des Rechners, auf dem das Gateway läuft, und versuch es noch einmal; was schon da ist, bleibt.',
    progressLabel: (title) => `Download von ${title}`,
  },
  history: {
    label: 'Gespräche',
    new: 'Neu',
    newLong: 'Neu: ein Gespräch beginnen',
    empty:
      'Worüber du sprichst, bleibt hier. Jedes Gespräch lässt sich später fortsetzen, mit jedem Backend.',
    untitled: 'Ohne Worte',
    items: (count) => (count === 1 ? '1 Eintrag' : `${count} Einträge`),
    continue: (title) => `„${title}“ fortsetzen`,
    current: 'Offen',
    exportMarkdown: 'Als Markdown exportieren',
    exportHtml: 'Als Seite exportieren',
    exportJson: 'Als JSON exportieren',
    importLong: 'Ein Gespräch aus einer JSON-Datei einlesen',
    importOther: 'Das ist kein Gespräch, das aus Parley exportiert wurde:',
    importFailed: 'Diese Datei ließ sich nicht einlesen:',
    delete: 'Löschen',
    confirmDelete: 'Endgültig löschen',
    keep: 'Behalten',
    more: 'Ältere zeigen',
    failed: 'Die Liste konnte nicht geladen werden.',
    retry: 'Noch einmal',
    actions: (title) => `Aktionen für „${title}“`,
  },
  events: {
    label: 'Ereignisse',
    filter: 'Nach Art oder Inhalt filtern',
    direction: 'Richtung',
    both: 'Beide',
    sent: 'Gesendet',
    received: 'Empfangen',
    audio: 'Ton',
    copy: 'Kopieren',
    copied: 'Kopiert',
    clear: 'Leeren',
    empty: 'Hier erscheint jedes Ereignis zwischen dieser Seite und dem Gateway.',
    nothingFound: 'Kein Ereignis passt zum Filter.',
    bytes: (value) => `${value} KB`,
  },
  problems: {
    label: 'Problem',
    dismiss: 'Ausblenden',
    insecure_context: {
      title: 'Der Browser gibt dieser Adresse kein Mikrofon.',
      advice:
        'Öffne die Seite über https oder auf dem Rechner selbst als http://localhost. Schreiben geht auch hier.',
    },
    no_microphone: {
      title: 'Es wurde kein Mikrofon gefunden.',
      advice: 'Schließ eines an und drück noch einmal auf den Knopf. Bis dahin geht Schreiben.',
    },
    permission_denied: {
      title: 'Das Mikrofon ist nicht erlaubt.',
      advice:
        'Erlaub es in den Website-Einstellungen neben der Adresszeile und drück noch einmal auf den Knopf.',
    },
    microphone_busy: {
      title: 'Das Mikrofon ist belegt.',
      advice: 'Schließ das Programm, das es benutzt, oder wähl in den Einstellungen ein anderes.',
    },
    microphone_lost: {
      title: 'Das Mikrofon ist weg.',
      advice: 'Schließ es wieder an oder wähl ein anderes und drück auf den Knopf.',
    },
    speaker_unavailable: {
      title: 'Dieser Lautsprecher lässt sich nicht benutzen.',
      advice: 'Wähl in den Einstellungen einen anderen. Bis dahin läuft der vorige weiter.',
    },
    audio_unsupported: {
      title: 'Der Browser konnte den Ton nicht starten.',
      advice: 'Nimm ein aktuelles Chrome, Edge, Firefox oder Safari und lade die Seite neu.',
    },
    gateway_unreachable: {
      title: 'Das Gateway antwortet nicht.',
      advice:
        'Die Seite verbindet sich von selbst und setzt das Gespräch fort. Startet es niemand neu, hilft npm start.',
    },
    gateway_refused: {
      title: 'Das Gateway hat diese Seite abgewiesen.',
      advice:
        'Prüfe PARLEY_KEY und PARLEY_ALLOWED_ORIGINS dort, wo es gestartet wurde, und versuch es noch einmal.',
    },
    conversation_in_use: {
      title: 'Dieses Gespräch ist anderswo offen.',
      advice: 'Beende es dort oder fang hier ein neues an.',
    },
    model_not_downloaded: {
      title: 'Diese Sprache braucht erst einen Download.',
      advice: 'Die Einstellungen bieten ihn mit Größe und Lizenz an.',
    },
    backend_unavailable: {
      title: 'Das Backend antwortet nicht.',
      advice: 'Versuch es gleich noch einmal oder wähl in den Einstellungen ein anderes Backend.',
    },
    backend_limited: {
      title: 'Das Backend nimmt gerade nichts mehr an.',
      advice:
        'Sein Limit oder Guthaben ist aufgebraucht. Versuch es später noch einmal oder wähl ein anderes Backend.',
    },
    store_unavailable: {
      title: 'Das Gateway erreicht seinen Speicher nicht.',
      advice: 'Was hier steht, bleibt stehen. Versuch es gleich noch einmal.',
    },
    not_found: {
      title: 'Das gibt es nicht mehr.',
      advice: 'Vielleicht wurde es anderswo gelöscht. Wähl ein anderes Gespräch oder beginn ein neues.',
    },
    not_possible: {
      title: 'Das kann das Backend nicht.',
      advice: 'Ändere die Einstellungen oder wähl ein anderes Backend. Das Gespräch bleibt erhalten.',
    },
    server_error: {
      title: 'Das Gateway hat einen Fehler gemeldet.',
      advice: 'Das Gespräch bleibt erhalten. Das Ereignisprotokoll zeigt, was geschehen ist.',
    },
  },
}

/** Models to download by id. */
const downloadTitles: Readonly<Record<string, string>> = {
  'whisper-base': 'Deutsch und 18 weitere Sprachen (Whisper base)',
  'whisper-small': 'Deutsch und 18 weitere Sprachen, weniger Fehler, langsamer (Whisper small)',
  'pico-de-de': 'Deutsche Stimme (Pico)',
  'pico-en-gb': 'Britische Stimme (Pico)',
  'pico-es-es': 'Spanische Stimme (Pico)',
  'pico-fr-fr': 'Französische Stimme (Pico)',
  'pico-it-it': 'Italienische Stimme (Pico)',
}
