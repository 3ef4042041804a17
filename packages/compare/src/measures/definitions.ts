import type { MeasureName } from './measure.ts'

/** What a measure is called, and exactly what it measures, for people. */
export interface MeasureDefinition {
  /** A few words, for the head of a row. */
  readonly title: string
  /** One to three sentences. */
  readonly definition: string
}

/** The definitions of all measures in both languages, as the docs, the page and reports show them. */
export const measureDefinitions: Readonly<
  Record<MeasureName, Readonly<Record<'en' | 'de', MeasureDefinition>>>
> = {
  connect: {
    en: {
      title: 'Connect',
      definition: 'From the beginning of the connection until the socket is open. One observation a run.',
    },
    de: {
      title: 'Verbinden',
      definition: 'Vom Beginn der Verbindung, bis der Socket offen ist. Eine Beobachtung je Durchlauf.',
    },
  },
  session_ready: {
    en: {
      title: 'Session ready',
      definition:
        'From the beginning of the connection until the backend has acknowledged the settings of the session and speech may begin. One observation a run.',
    },
    de: {
      title: 'Sitzung bereit',
      definition:
        'Vom Beginn der Verbindung, bis das Backend die Einstellungen der Sitzung bestätigt hat und gesprochen werden darf. Eine Beobachtung je Durchlauf.',
    },
  },
  first_transcript: {
    en: {
      title: 'First transcript',
      definition:
        'From the true end of speech until the first words of its transcript arrive; below zero when they arrive while the person still speaks. One observation a spoken turn that was transcribed.',
    },
    de: {
      title: 'Erstes Transkript',
      definition:
        'Vom wahren Ende der Rede, bis die ersten Wörter ihres Transkripts eintreffen; unter null, wenn sie schon während der Rede kommen. Eine Beobachtung je gesprochenem Zug, der transkribiert wurde.',
    },
  },
  first_text: {
    en: {
      title: 'First text',
      definition:
        'From the true end of speech, or from sending a typed message, until the first text of the answer arrives. One observation a turn that was answered.',
    },
    de: {
      title: 'Erster Text',
      definition:
        'Vom wahren Ende der Rede oder vom Absenden einer getippten Nachricht, bis der erste Text der Antwort eintrifft. Eine Beobachtung je beantwortetem Zug.',
    },
  },
  first_audio: {
    en: {
      title: 'First sound',
      definition:
        'From the true end of speech, or from sending a typed message, until a listener hears the first sound of the answer: silence at its beginning, below −50 dBFS, does not count. One observation a turn that was answered aloud; an answer that began before the person had finished is a turn-taking error and not an observation.',
    },
    de: {
      title: 'Erster Ton',
      definition:
        'Vom wahren Ende der Rede oder vom Absenden einer getippten Nachricht, bis der erste Ton der Antwort zu hören ist: Stille an ihrem Anfang, unter −50 dBFS, zählt nicht. Eine Beobachtung je laut beantwortetem Zug; eine Antwort, die vor dem Ende der Rede begann, ist ein Fehler beim Sprecherwechsel und keine Beobachtung.',
    },
  },
  interruption: {
    en: {
      title: 'Interruption to silence',
      definition:
        'From the true start of speech that interrupts a sounding answer until a listener no longer hears that answer, because it was cut or came to its end. In a scenario only its interrupting steps count; in a live comparison all speech that begins while an answer sounds.',
    },
    de: {
      title: 'Unterbrechung bis Stille',
      definition:
        'Vom wahren Anfang der Rede, die eine klingende Antwort unterbricht, bis diese Antwort nicht mehr zu hören ist, weil sie abgeschnitten wurde oder zu Ende war. In einem Szenario zählen nur seine Unterbrechungen, im Live-Vergleich alle Rede, die während einer Antwort beginnt.',
    },
  },
  false_interruptions: {
    en: {
      title: 'False interruptions',
      definition:
        'How many answers of a run were cut although nobody took the floor: during a backchannel such as “mhm”, in noise or in silence. A cut up to 1.5 s after the end of real speech counts as caused by it. One observation a run with an audible answer.',
    },
    de: {
      title: 'Falsche Unterbrechungen',
      definition:
        'Wie viele Antworten eines Durchlaufs abgeschnitten wurden, obwohl niemand das Wort ergriff: bei einem Hörersignal wie „mhm“, bei Geräusch oder in Stille. Ein Schnitt bis 1,5 s nach dem Ende echter Rede gilt als durch sie verursacht. Eine Beobachtung je Durchlauf mit hörbarer Antwort.',
    },
  },
  turn_errors: {
    en: {
      title: 'Turn-taking errors',
      definition:
        'How often in a run an answer began before the person had finished (at a pause in mid-sentence, for example), no answer began within 10 s where one was due, or one turn got two answers. What follows a tool call is not a second answer. One observation a run.',
    },
    de: {
      title: 'Fehler beim Sprecherwechsel',
      definition:
        'Wie oft in einem Durchlauf eine Antwort begann, bevor die Person fertig war (zum Beispiel in einer Pause mitten im Satz), binnen 10 s keine Antwort begann, obwohl eine fällig war, oder ein Zug zwei Antworten bekam. Was auf einen Werkzeugaufruf folgt, ist keine zweite Antwort. Eine Beobachtung je Durchlauf.',
    },
  },
  wer: {
    en: {
      title: 'Word error rate',
      definition:
        'Words of the transcript that are wrong, missing or too many, by the words of the script. Case and punctuation do not count, numbers are compared as words (English and German), umlauts and ß are kept. Backchannels are left out. A recording that is replayed is not judged, for it does not hear what is said. One observation a run of a scenario with speech.',
    },
    de: {
      title: 'Wortfehlerrate',
      definition:
        'Wörter des Transkripts, die falsch sind, fehlen oder zu viel sind, geteilt durch die Wörter des Skripts. Groß- und Kleinschreibung und Satzzeichen zählen nicht, Zahlen werden als Wörter verglichen (Englisch und Deutsch), Umlaute und ß bleiben. Hörersignale sind ausgenommen. Eine Aufnahme, die abgespielt wird, wird nicht beurteilt, denn sie hört nicht, was gesagt wird. Eine Beobachtung je Durchlauf eines Szenarios mit Rede.',
    },
  },
  expected: {
    en: {
      title: 'Expectations met',
      definition:
        'Share of what the scenario expects (words, tool calls, silence) that came true in time. One observation a run of a scenario with expectations.',
    },
    de: {
      title: 'Erfüllte Erwartungen',
      definition:
        'Anteil dessen, was das Szenario erwartet (Wörter, Werkzeugaufrufe, Schweigen), der rechtzeitig eintrat. Eine Beobachtung je Durchlauf eines Szenarios mit Erwartungen.',
    },
  },
  tokens_in: {
    en: {
      title: 'Tokens in',
      definition:
        'Text and audio tokens the backend read in a run, cached ones included, as it counted them. No observation where it counts none.',
    },
    de: {
      title: 'Token hinein',
      definition:
        'Text- und Audio-Token, die das Backend in einem Durchlauf gelesen hat, auch aus dem Cache, wie es sie selbst zählt. Keine Beobachtung, wo es keine zählt.',
    },
  },
  tokens_out: {
    en: {
      title: 'Tokens out',
      definition: 'Text and audio tokens the backend wrote in a run, as it counted them.',
    },
    de: {
      title: 'Token heraus',
      definition:
        'Text- und Audio-Token, die das Backend in einem Durchlauf geschrieben hat, wie es sie selbst zählt.',
    },
  },
  cost: {
    en: {
      title: 'Cost',
      definition:
        'Tokens of a run at the list price of the model that answered, cached tokens at their own price, in US dollars. 0 where the backend is free; no observation where the price or the tokens are not known.',
    },
    de: {
      title: 'Kosten',
      definition:
        'Token eines Durchlaufs zum Listenpreis des Modells, das geantwortet hat, Token aus dem Cache zu ihrem eigenen Preis, in US-Dollar. 0, wo das Backend kostenlos ist; keine Beobachtung, wo Preis oder Token unbekannt sind.',
    },
  },
  late_frames: {
    en: {
      title: 'Late frames',
      definition:
        'Frames of 20 ms that this machine sent more than 20 ms after their time. They tell of the machine that measures, not of the backend: with many of them, trust no other number.',
    },
    de: {
      title: 'Verspätete Rahmen',
      definition:
        'Rahmen von 20 ms, die diese Maschine mehr als 20 ms nach ihrer Zeit gesendet hat. Sie sprechen von der messenden Maschine, nicht vom Backend: Bei vielen davon ist keiner anderen Zahl zu trauen.',
    },
  },
  underruns: {
    en: {
      title: 'Gaps in the sound',
      definition:
        'How often in a run the player had nothing left to play in the middle of an answer, because sound arrived too late.',
    },
    de: {
      title: 'Lücken im Ton',
      definition:
        'Wie oft in einem Durchlauf mitten in einer Antwort nichts mehr abzuspielen war, weil Ton zu spät eintraf.',
    },
  },
}
