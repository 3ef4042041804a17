/** German for the benchmarks of voice activity, turns and barge-in. */
export const germanOfVoices: Readonly<Record<string, string>> = {
  // Voice activity
  'Voice activity': 'Spracherkennung im Ton',
  'Time for 32 ms of clean speech, one thread': 'Zeit für 32 ms saubere Sprache, ein Thread',
  'Memory in bytes': 'Speicher in Bytes',
  detector: 'Detektor',
  clean: 'sauber',
  white: 'weißes Rauschen',
  pink: 'rosa Rauschen',
  babble: 'Stimmengewirr',
  music: 'Musik',
  'onset ms': 'Einsatz ms',
  'times ours': 'Vielfaches von unserem',
  'heap a frame': 'Heap je Frame',
  'a stream': 'je Strom',
  start: 'Anfang',
  end: 'Ende',
  'cheaper than onnxruntime-node': 'billiger als onnxruntime-node',
  'cheaper than onnxruntime-web': 'billiger als onnxruntime-web',
  'change of F1': 'Änderung von F1',
  'energy over the floor': 'Pegel über dem Grundgeräusch',
  'Silero v5, ours': 'Silero v5, unseres',
  'Silero v6, ours': 'Silero v6, unseres',
  'Silero v6, ours without WebAssembly': 'Silero v6, unseres ohne WebAssembly',
  'voice detector': 'Stimmdetektor',
  'voice detector without pre-gate': 'Stimmdetektor ohne Vorstufe',
  'voice detector, in silence': 'Stimmdetektor, in Stille',
  'end ms': 'Ende ms',
  'Decisions at 0.5 on noisy speech, seeds 401, 402, 403':
    'Entscheidungen bei 0,5 auf verrauschter Sprache, Zufallsfolgen 401, 402, 403',
  'The same on recordings of people and of a German voice, seeds 401, 402, 403':
    'Dasselbe auf Aufnahmen von Menschen und einer deutschen Stimme, Zufallsfolgen 401, 402, 403',
  'The same minute at the start of a stream and after 60 minutes, 9 streams, F1':
    'Dieselbe Minute am Anfang eines Stroms und nach 60 Minuten, 9 Ströme, F1',
  'difference of probabilities to ONNX Runtime': 'Abstand der Wahrscheinlichkeiten zu ONNX Runtime',
  'F1 against Silero v6 by ONNX Runtime': 'F1 gegen Silero v6 mit ONNX Runtime',
  'onset at 20 dB and better, median': 'Einsatz ab 20 dB, Median',
  'onset at 20 dB and better, p90': 'Einsatz ab 20 dB, p90',
  'heap a frame, the larger': 'Heap je Frame, der größere',
  'a stream, the larger': 'je Strom, der größere',
  // Turns
  'Turns and barge-in': 'Redebeiträge und Unterbrechungen',
  'Turns that are over against pauses in mid-turn': 'Beendete Beiträge gegen Pausen mitten darin',
  'semantic_vad as it ships': 'semantic_vad, wie es ausgeliefert wird',
  'False barge-ins by an echo at -6 dB, without a canceller':
    'Falsche Unterbrechungen durch ein Echo bei -6 dB, ohne Auslöschung',
  'A user who talks over the answer and its echo at -6 dB':
    'Jemand spricht über die Antwort und ihr Echo bei -6 dB',
  'From the start of speech to playback stopped, in process, without an echo':
    'Vom Beginn der Sprache bis zum Ende der Wiedergabe, im Prozess, ohne Echo',
  "A player's policy in process: false barge-ins by an echo at -6 dB, without a canceller":
    'Abspieler mit Barge-in-Policy, im Prozess: falsche Unterbrechungen durch ein Echo bei -6 dB, ohne Auslöschung',
  "A player's policy with the energy detector: a user who talks over the answer and its echo at -6 dB":
    'Abspieler mit Barge-in-Policy und Energiedetektor: jemand spricht über die Antwort und ihr Echo bei -6 dB',
  "A player's policy in process: from the start of speech to playback stopped, without an echo":
    'Abspieler mit Barge-in-Policy, im Prozess: vom Beginn der Sprache bis zum Ende der Wiedergabe, ohne Echo',
  'energy detector': 'Energiedetektor',
  'voice detector (Silero)': 'Stimmdetektor (Silero)',
  'stops without the bound': 'Stopps ohne die Schranke',
  'judged by': 'beurteilt von',
  'English, words': 'Englisch, Wörter',
  'German, words': 'Deutsch, Wörter',
  'English, words and voice (Flite)': 'Englisch, Wörter und Stimme (Flite)',
  'English, voice alone (Flite)': 'Englisch, Stimme allein (Flite)',
  'English, words: false cut-offs at 300 ms mean delay, held-out lines':
    'Englisch, Wörter: falsch abgeschnitten bei 300 ms im Mittel, zurückgehaltene Zeilen',
  'German, words: false cut-offs at 300 ms mean delay, held-out lines':
    'Deutsch, Wörter: falsch abgeschnitten bei 300 ms im Mittel, zurückgehaltene Zeilen',
  'timer with as few cut-offs waits ms': 'Uhr, die so selten abschneidet, wartet ms',
  over: 'beendet',
  'not over': 'nicht beendet',
  'area under curve': 'Fläche unter der Kurve',
  'held-out lines': 'zurückgehaltene Zeilen',
  'held-out: timer of 300 ms cuts off': 'zurückgehalten: Uhr von 300 ms schneidet ab',
  'held-out: cut off by score': 'zurückgehalten: nach Urteil abgeschnitten',
  'held-out: mean wait ms': 'zurückgehalten: mittleres Warten ms',
  'English, words: false cut-offs on held-out lines, at most 300 ms mean delay there':
    'Englisch, Wörter: falsch abgeschnitten auf zurückgehaltenen Zeilen, dort höchstens 300 ms im Mittel',
  'German, words: false cut-offs on held-out lines, at most 300 ms mean delay there':
    'Deutsch, Wörter: falsch abgeschnitten auf zurückgehaltenen Zeilen, dort höchstens 300 ms im Mittel',
  'timer of 300 ms cuts off': 'Uhr von 300 ms schneidet ab',
  'at 300 ms mean': 'bei 300 ms im Mittel',
  eagerness: 'Eifer',
  'mean wait ms': 'mittleres Warten ms',
  'false cut-offs': 'falsch abgeschnitten',
  room: 'Raum',
  minutes: 'Minuten',
  'stops by level alone': 'Stopps nur nach Pegel',
  stops: 'Stopps',
  'not taken back': 'nicht zurückgenommen',
  utterances: 'Äußerungen',
  'stopped within 1 s': 'gestoppt binnen 1 s',
  'user over echo (dB)': 'Sprecher über Echo (dB)',
  'speech over noise (dB)': 'Sprache über Rauschen (dB)',
  'Calls of the local backend without a canceller: answers interrupted by their echo at -6 dB':
    'Anrufe beim lokalen Backend ohne Auslöschung: Antworten, die ihr Echo bei -6 dB unterbrach',
  'Calls of the local backend with headphones: when a user is heard who talks over every answer':
    'Anrufe beim lokalen Backend mit Kopfhörern: wann gehört wird, wer über jede Antwort spricht',
  'What the local backend does without a canceller: answers interrupted by their echo at -6 dB':
    'Was das lokale Backend ohne Auslöschung tut: Antworten, die ihr Echo bei -6 dB unterbricht',
  'What the local backend does with headphones: when it hears a user who talks over every answer':
    'Was das lokale Backend mit Kopfhörern tut: wann es hört, wer über jede Antwort spricht',
  'player starts earlier or later by (ms)': 'Abspieler beginnt früher oder später um (ms)',
  answers: 'Antworten',
  'without the bound': 'ohne die Schranke',
  'once found': 'sobald gefunden',
  expected: 'erwartet',
  'user over answer (dB)': 'Sprecher über Antwort (dB)',
  'median ms without the bound': 'Median ms ohne die Schranke',
  'over 20 ms later, once found': 'über 20 ms später, sobald gefunden',
  'over 20 ms later, expected': 'über 20 ms später, erwartet',
  'false barge-ins in 10 minutes, the worst room (mean)':
    'falsche Unterbrechungen in 10 Minuten, schlechtester Raum (Mittel)',
  'speech start to playback stopped, median': 'Beginn der Sprache bis Wiedergabe aus, Median',
  'speech start to playback stopped, p90': 'Beginn der Sprache bis Wiedergabe aus, p90',
  'energy detector: false barge-ins in 10 minutes, the worst room (mean)':
    'Energiedetektor: falsche Unterbrechungen in 10 Minuten, schlechtester Raum (Mittel)',
  'energy detector: speech start to playback stopped, median':
    'Energiedetektor: Beginn der Sprache bis Wiedergabe aus, Median',
  'energy detector: speech start to playback stopped, p90':
    'Energiedetektor: Beginn der Sprache bis Wiedergabe aus, p90',
  'voice detector (Silero): false barge-ins in 10 minutes, the worst room (mean)':
    'Stimmdetektor (Silero): falsche Unterbrechungen in 10 Minuten, schlechtester Raum (Mittel)',
  'voice detector (Silero): speech start to playback stopped, median':
    'Stimmdetektor (Silero): Beginn der Sprache bis Wiedergabe aus, Median',
  'voice detector (Silero): speech start to playback stopped, p90':
    'Stimmdetektor (Silero): Beginn der Sprache bis Wiedergabe aus, p90',
}
