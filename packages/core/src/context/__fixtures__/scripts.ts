/** Talk in many languages and scripts, and what is not talk, for measuring estimates of tokens. */
export const textsByKind: Readonly<Record<string, string>> = {
  english:
    'Good morning, I would like to move my dentist appointment from Tuesday to the following week, if that is still possible. My name is Margaret Willoughby, and you can reach me at work until five.',
  german:
    'Guten Tag, ich möchte meinen Zahnarzttermin von Dienstag auf die darauffolgende Woche verschieben, falls das noch möglich ist. Mein Name ist Friederike Lindenmayer, und bis siebzehn Uhr erreichen Sie mich im Büro der Krankenversicherungsgesellschaft.',
  french:
    "Bonjour, j'aimerais déplacer mon rendez-vous chez le dentiste de mardi à la semaine suivante, si c'est encore possible. Je m'appelle Geneviève Lefèvre et je suis joignable au bureau jusqu'à dix-sept heures.",
  spanish:
    'Buenos días, quisiera cambiar mi cita con el dentista del martes a la semana siguiente, si todavía es posible. Me llamo Guadalupe Hernández y pueden llamarme a la oficina hasta las cinco de la tarde.',
  polish:
    'Dzień dobry, chciałabym przełożyć wizytę u dentysty z wtorku na następny tydzień, jeśli to jeszcze możliwe. Nazywam się Małgorzata Wiśniewska i do siedemnastej jestem w pracy.',
  turkish:
    'Günaydın, mümkünse salı günkü diş hekimi randevumu gelecek haftaya almak istiyorum. Adım Gülşen Yıldırım, saat beşe kadar iş yerimden bana ulaşabilirsiniz.',
  finnish:
    'Hyvää huomenta, haluaisin siirtää hammaslääkäriaikani tiistailta seuraavalle viikolle, jos se on vielä mahdollista. Nimeni on Päivikki Hämäläinen ja olen tavoitettavissa töissä viiteen asti.',
  vietnamese:
    'Chào buổi sáng, tôi muốn dời lịch hẹn nha sĩ từ thứ Ba sang tuần sau nếu vẫn còn được. Tôi tên là Nguyễn Thị Phương Thảo, có thể gọi cho tôi ở cơ quan đến năm giờ chiều.',
  russian:
    'Доброе утро, я хотела бы перенести приём у стоматолога со вторника на следующую неделю, если это ещё возможно. Меня зовут Екатерина Воскресенская, до пяти часов я на работе.',
  greek:
    'Καλημέρα, θα ήθελα να μεταφέρω το ραντεβού μου στον οδοντίατρο από την Τρίτη στην επόμενη εβδομάδα, αν γίνεται ακόμα. Με λένε Αικατερίνη Παπαδοπούλου και μέχρι τις πέντε είμαι στο γραφείο.',
  arabic:
    'صباح الخير، أود أن أنقل موعدي عند طبيب الأسنان من يوم الثلاثاء إلى الأسبوع القادم إذا كان ذلك لا يزال ممكنا. اسمي فاطمة الزهراء ويمكنكم الاتصال بي في المكتب حتى الخامسة.',
  hebrew:
    'בוקר טוב, הייתי רוצה להעביר את התור שלי לרופא השיניים מיום שלישי לשבוע הבא, אם זה עדיין אפשרי. שמי יעל אברמוביץ ואפשר להשיג אותי בעבודה עד חמש.',
  hindi:
    'सुप्रभात, अगर संभव हो तो मैं मंगलवार का दंत चिकित्सक का अपना समय अगले सप्ताह करना चाहती हूँ। मेरा नाम लक्ष्मी चौधरी है और पाँच बजे तक मैं दफ़्तर में मिलूँगी।',
  thai: 'สวัสดีค่ะ ดิฉันอยากเลื่อนนัดหมอฟันจากวันอังคารไปเป็นสัปดาห์หน้า ถ้ายังพอเป็นไปได้ ดิฉันชื่อกาญจนา สุวรรณรัตน์ ติดต่อที่ทำงานได้ถึงห้าโมงเย็น',
  chinese:
    '早上好，如果还可以的话，我想把星期二的牙医预约改到下个星期。我叫欧阳晓雯，下午五点以前可以打电话到办公室找我。',
  japanese:
    'おはようございます。もしまだ可能でしたら、火曜日の歯医者の予約を来週に変更したいのですが。小野寺と申します。五時まででしたら職場に連絡していただけます。',
  korean:
    '안녕하세요, 아직 가능하다면 화요일 치과 예약을 다음 주로 옮기고 싶습니다. 제 이름은 황보서연이고 다섯 시까지는 직장으로 연락하시면 됩니다.',
  numbers:
    'Order 4482-991-07, 3 items at 1,249.99 EUR each, delivery on 2026-11-23 between 08:30 and 12:00, IBAN DE89 3704 0044 0532 0130 00, phone +49 (0)731 9876543.',
  json: '{"call_id":"call_8fK2","results":[{"id":10482,"name":"Table for 4","available":true,"slots":["18:30","19:15"]},{"id":10483,"name":"Terrace","available":false,"slots":[]}],"next":null}',
  address:
    'https://www.example.com/orders/2026/11/23/confirm?token=a8f3Kx92LmQ0zT7vB4nE&utm_source=mail#details and anna.maria.schmidt+orders@mail.example.org',
  short: 'Yes. No. Okay, thanks! Hm? 5 pm. Ja, gern. Nein.',
  emoji: 'Super 👍🏽 see you then 🎉🎉 — bring the kids 👨‍👩‍👧‍👦 and some 🍕 “please” … ok?',
  shouting: 'PLEASE CONFIRM THE BOOKING IMMEDIATELY BECAUSE THE FLIGHT LEAVES TOMORROW MORNING',
}
