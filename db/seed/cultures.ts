/**
 * Made-up people of many countries and scripts. Names are common ones, put together by chance; nobody in particular is
 * meant. A name in another script carries its Latin form for the email address: `Наталья/natalya`.
 */
export type Culture = {
  readonly country: string;
  readonly language: string;
  readonly timeZone: string;
  readonly weight: number;
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly cities: readonly string[];
  /** `#` is a digit. First the country code, then notations of the national number. */
  readonly callingCode: string;
  readonly phones: readonly string[];
  /** Family name first, nothing between. */
  readonly joined?: boolean;
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const cultures: readonly Culture[] = [
  {
    country: 'GB',
    language: 'en',
    timeZone: 'Europe/London',
    weight: 14,
    given: words(
      'James Olivia Thomas Emily Jack Sophie Daniel Charlotte Oliver Grace Harry Lucy George Alice Samuel Ella Ben Hannah Aaron Imogen Callum Zara Rory Niamh',
    ),
    family: words(
      "Smith Jones Taylor Brown Wilson Evans Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood Clarke Turner Hill Cooper Ward Morris Moore King Watson Baker Harrison Morgan Patel O'Neill Fitzgerald Blackwood Pemberton Ashworth",
    ),
    cities: words('London Manchester Leeds Bristol Cardiff Glasgow Belfast'),
    callingCode: '44',
    phones: ['07### ######', '020 #### ####', '0161 ### ####'],
  },
  {
    country: 'US',
    language: 'en',
    timeZone: 'America/New_York',
    weight: 14,
    given: words(
      'Michael Jessica Christopher Ashley Matthew Amanda Joshua Jennifer David Sarah Andrew Stephanie Justin Nicole Robert Megan Brandon Rachel Tyler Lauren Maria Kevin Latoya Xavier',
    ),
    family: words(
      'Johnson Williams Miller Davis Garcia Rodriguez Martinez Anderson Thomas Jackson Martin Lee Perez Harris Sanchez Clark Ramirez Lewis Young Allen Torres Nguyen Scott Flores Nelson Carter Mitchell Roberts Phillips Campbell Vandermeer Quackenbush',
    ),
    cities: words('Boston Chicago Denver Austin Seattle Portland Atlanta Phoenix'),
    callingCode: '1',
    phones: ['(212) 5##-####', '312-5##-####', '512.5##.####'],
  },
  {
    country: 'DE',
    language: 'de',
    timeZone: 'Europe/Berlin',
    weight: 9,
    given: words(
      'Lukas Anna Maximilian Lena Jürgen Käthe Felix Marie Björn Jörg Sabine Uwe Petra Günther Ute Moritz Johanna Tobias Änne Klaus',
    ),
    family: words(
      'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hartmann Lange Weiß Groß Jäger Böhm Köhler Überschär',
    ),
    cities: words('Berlin Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig'),
    callingCode: '49',
    phones: ['0151 ########', '030 #######', '089/#######'],
  },
  {
    country: 'FR',
    language: 'fr',
    timeZone: 'Europe/Paris',
    weight: 8,
    given: words(
      'Jean Marie Pierre Camille Louis Élodie Nicolas Chloé Julien Zoé François Hélène Théo Inès Rémi Aurélie Gaël Léa Jérôme Agnès',
    ),
    family: words(
      'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garnier Faure Mercier Lévêque François Blanchard Guérin Boyer Chevalier Delacroix Bérénger',
    ),
    cities: words('Paris Lyon Marseille Toulouse Nantes Lille Strasbourg'),
    callingCode: '33',
    phones: ['06 ## ## ## ##', '01 ## ## ## ##', '04.##.##.##.##'],
  },
  {
    country: 'BE',
    language: 'nl',
    timeZone: 'Europe/Brussels',
    weight: 6,
    given: words('Jan Els Pieter An Koen Griet Bart Ilse Wouter Lieve Stijn Katrien Joris Fien Ruben Noor'),
    family: words(
      'Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters Vermeulen Hermans Aerts Dubois Lambert Desmet Coppens Verhaeghe Vandenberghe',
    ),
    cities: words('Antwerpen Gent Brussel Leuven Brugge Luik Namen'),
    callingCode: '32',
    phones: ['0475/##.##.##', '02 ### ## ##', '0486 ## ## ##'],
  },
  {
    country: 'NL',
    language: 'nl',
    timeZone: 'Europe/Amsterdam',
    weight: 5,
    given: words('Daan Emma Sem Julia Lars Sanne Bram Lotte Thijs Femke Jeroen Marieke Sander Anouk Maarten Roos'),
    family: words(
      'Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kuipers Postma Zijlstra Hoekstra Kok',
    ),
    cities: words('Amsterdam Rotterdam Utrecht Eindhoven Groningen Breda'),
    callingCode: '31',
    phones: ['06-########', '020-#######', '010 #######'],
  },
  {
    country: 'ES',
    language: 'es',
    timeZone: 'Europe/Madrid',
    weight: 6,
    given: words(
      'José María Antonio Carmen Manuel Lucía Álvaro Sofía Íñigo Begoña Javier Núria Andrés Inés Óscar Ángela',
    ),
    family: words(
      'García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Núñez Ibáñez Peña Zúñiga',
    ),
    cities: words('Madrid Barcelona Valencia Sevilla Bilbao Málaga'),
    callingCode: '34',
    phones: ['6## ### ###', '91 ### ## ##', '93 ### ## ##'],
  },
  {
    country: 'IT',
    language: 'it',
    timeZone: 'Europe/Rome',
    weight: 5,
    given: words('Marco Giulia Luca Francesca Matteo Chiara Andrea Sara Niccolò Beatrice Paolo Elisa Davide Noemi'),
    family: words(
      "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Costa Giordano Mancini Rizzo Lombardi D'Angelo Dell'Acqua",
    ),
    cities: words('Milano Roma Torino Bologna Napoli Firenze'),
    callingCode: '39',
    phones: ['333 #######', '347 #######', '02 ########'],
  },
  {
    country: 'NO',
    language: 'nb',
    timeZone: 'Europe/Oslo',
    weight: 4,
    given: words('Øyvind Ingrid Bjørn Åse Håkon Sigrid Lars Kari Tørres Solveig Eirik Gunhild Pål Aase'),
    family: words(
      'Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Kristiansen Jensen Karlsen Østergård Bråten Håland Sørlie Ødegaard Tveit Bakken Lødemel',
    ),
    cities: words('Oslo Bergen Trondheim Stavanger Tromsø Bodø'),
    callingCode: '47',
    phones: ['9## ## ###', '4## ## ###', '22 ## ## ##'],
  },
  {
    country: 'PL',
    language: 'pl',
    timeZone: 'Europe/Warsaw',
    weight: 3,
    given: words('Łukasz Małgorzata Paweł Agnieszka Michał Joanna Wojciech Grażyna Zdzisław Świętosława'),
    family: words(
      'Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jabłoński Król Łęcki Żak',
    ),
    cities: words('Warszawa Kraków Łódź Wrocław Poznań Gdańsk'),
    callingCode: '48',
    phones: ['5## ### ###', '22 ### ## ##'],
  },
  {
    country: 'TR',
    language: 'tr',
    timeZone: 'Europe/Istanbul',
    weight: 2,
    given: words('Mehmet Ayşe Mustafa Fatma Çağrı Zeynep Ömer Şule Işık Gül'),
    family: words('Yılmaz Kaya Demir Çelik Şahin Yıldız Öztürk Aydın Arslan Doğan Kılıç Güneş'),
    cities: words('İstanbul Ankara İzmir Bursa'),
    callingCode: '90',
    phones: ['0532 ### ## ##', '0212 ### ## ##'],
  },
  {
    country: 'RU',
    language: 'ru',
    timeZone: 'Europe/Moscow',
    weight: 3,
    given: words(
      'Наталья/natalya Иван/ivan Ольга/olga Никита/nikita Светлана/svetlana Дмитрий/dmitry Юлия/yulia Артём/artyom Екатерина/ekaterina Сергей/sergey',
    ),
    family: words(
      'Иванов/ivanov Смирнов/smirnov Кузнецов/kuznetsov Попов/popov Васильев/vasilyev Петров/petrov Соколов/sokolov Михайлов/mikhailov Новиков/novikov Фёдоров/fyodorov Щербаков/shcherbakov',
    ),
    cities: words('Москва Казань Новосибирск'),
    callingCode: '7',
    phones: ['8 (916) ###-##-##', '8 495 ### ## ##'],
  },
  {
    country: 'GR',
    language: 'el',
    timeZone: 'Europe/Athens',
    weight: 2,
    given: words(
      'Γιώργος/giorgos Μαρία/maria Νίκος/nikos Ελένη/eleni Κώστας/kostas Άννα/anna Δημήτρης/dimitris Σοφία/sofia',
    ),
    family: words(
      'Παπαδόπουλος/papadopoulos Νικολάου/nikolaou Γεωργίου/georgiou Δημητρίου/dimitriou Οικονόμου/oikonomou Παππάς/pappas Βλάχος/vlachos',
    ),
    cities: words('Αθήνα Θεσσαλονίκη Πάτρα'),
    callingCode: '30',
    phones: ['697 ### ####', '21# ### ####'],
  },
  {
    country: 'EG',
    language: 'ar',
    timeZone: 'Africa/Cairo',
    weight: 3,
    given: words(
      'محمد/mohamed فاطمة/fatma أحمد/ahmed مريم/mariam يوسف/youssef نور/nour عمر/omar ليلى/layla حسن/hassan سارة/sara',
    ),
    family: words(
      'علي/ali حسين/hussein إبراهيم/ibrahim السيد/elsayed مصطفى/mostafa خليل/khalil منصور/mansour النجار/elnaggar الشامي/elshamy',
    ),
    cities: words('القاهرة الإسكندرية الجيزة'),
    callingCode: '20',
    phones: ['010 #### ####', '02 #### ####'],
  },
  {
    country: 'IL',
    language: 'he',
    timeZone: 'Asia/Jerusalem',
    weight: 1,
    given: words('נועה/noa דוד/david תמר/tamar איתי/itay יעל/yael משה/moshe'),
    family: words('כהן/cohen לוי/levi מזרחי/mizrahi פרץ/peretz ביטון/biton שפירא/shapira'),
    cities: words('ירושלים חיפה'),
    callingCode: '972',
    phones: ['052-###-####', '03-###-####'],
  },
  {
    country: 'IN',
    language: 'hi',
    timeZone: 'Asia/Kolkata',
    weight: 3,
    given: words('आरव/aarav प्रिया/priya विवेक/vivek अनन्या/ananya राहुल/rahul दीपिका/deepika संजय/sanjay किरण/kiran'),
    family: words('शर्मा/sharma वर्मा/verma गुप्ता/gupta सिंह/singh कुमार/kumar पटेल/patel मिश्रा/mishra जोशी/joshi'),
    cities: words('दिल्ली मुंबई पुणे'),
    callingCode: '91',
    phones: ['098### #####', '99### #####'],
  },
  {
    country: 'TH',
    language: 'th',
    timeZone: 'Asia/Bangkok',
    weight: 3,
    given: words(
      'สมชาย/somchai สมหญิง/somying วิชัย/wichai มาลี/malee ประเสริฐ/prasert สุดา/suda อนันต์/anan กมล/kamon ปิยะ/piya รัตนา/rattana',
    ),
    family: words(
      'ใจดี/jaidee สุขสันต์/suksan ศรีสุข/srisuk ทองดี/thongdee แสงจันทร์/saengchan วงศ์ใหญ่/wongyai บุญมี/boonmee รักไทย/rakthai พงษ์ไพร/phongphrai',
    ),
    cities: words('กรุงเทพ เชียงใหม่ ภูเก็ต'),
    callingCode: '66',
    phones: ['081 ### ####', '02 ### ####'],
  },
  {
    country: 'CN',
    language: 'zh',
    timeZone: 'Asia/Shanghai',
    weight: 4,
    joined: true,
    given: words(
      '芳/fang 伟/wei 娜/na 敏/min 静/jing 丽/li 强/qiang 磊/lei 洋/yang 艳/yan 建国/jianguo 秀英/xiuying 志强/zhiqiang 晓明/xiaoming 雨桐/yutong',
    ),
    family: words('王/wang 李/li 张/zhang 刘/liu 陈/chen 杨/yang 赵/zhao 黄/huang 周/zhou 吴/wu 欧阳/ouyang 司马/sima'),
    cities: words('北京 上海 深圳 成都'),
    callingCode: '86',
    phones: ['138 #### ####', '010 #### ####'],
  },
  {
    country: 'JP',
    language: 'ja',
    timeZone: 'Asia/Tokyo',
    weight: 3,
    joined: true,
    given: words('太郎/taro 花子/hanako 健/ken 美咲/misaki 翔太/shota さくら/sakura 陽菜/hina 大輔/daisuke'),
    family: words(
      '佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 伊藤/ito 渡辺/watanabe 山本/yamamoto 中村/nakamura 小林/kobayashi',
    ),
    cities: words('東京 大阪 名古屋'),
    callingCode: '81',
    phones: ['090-####-####', '03-####-####'],
  },
  {
    country: 'KR',
    language: 'ko',
    timeZone: 'Asia/Seoul',
    weight: 2,
    joined: true,
    given: words('민준/minjun 서연/seoyeon 지훈/jihoon 수빈/subin 현우/hyunwoo 지은/jieun'),
    family: words('김/kim 이/lee 박/park 최/choi 정/jung 강/kang 남궁/namgung'),
    cities: words('서울 부산 대구'),
    callingCode: '82',
    phones: ['010-####-####', '02-####-####'],
  },
];

export const jobTitles = words(
  'Buyer Director Engineer Consultant Architect Analyst Manager Planner Controller Developer Founder Coordinator Specialist Researcher',
);
export const departments = words('Purchasing IT Marketing Operations Finance Sales Logistics Quality Facilities HR');

const companyFirst = words(
  'Contoso Fabrikam Northwind Tailspin Wingtip Adatum Proseware Litware Humongous Lucerne Woodgrove Alpine Bellows Blue Coho Consolidated Fourth Graphic Margie Munson Relecloud Southridge Trey Wide Fjord Polder Nordlicht Zephyr Quartz Ember Harbor Meadow Granite Falcon Juniper Cobalt Maple Saffron Orchid Delta Atlas Boreal Cinder Drift',
);
const companySecond = words(
  'Systems Logistics Foods Robotics Energy Textiles Instruments Pharma Media Shipping Optics Ceramics Packaging Software Mobility Timber Steel Analytics Cooling Lighting Tools Plastics Aerospace Water Bikes Paper Chemicals Networks',
);
const companyForm = words('GmbH Ltd Inc BV SA AB Oy AS SpA Group');

/** The name of company number `index`: each number its own name. */
export function companyName(index: number): string {
  const first = companyFirst[index % companyFirst.length] ?? '';
  const rest = Math.floor(index / companyFirst.length);
  const second = companySecond[rest % companySecond.length] ?? '';
  const round = Math.floor(rest / companySecond.length);
  const form = companyForm[round % companyForm.length] ?? '';
  const number = Math.floor(round / companyForm.length);
  return `${first} ${second} ${form}${number === 0 ? '' : ` ${number + 1}`}`;
}

export const industries = [
  'Manufacturing',
  'Logistics',
  'Retail',
  'Health care',
  'Energy',
  'Software',
  'Finance',
  'Education',
  'Public sector',
  'Food and drink',
];

export const topics = [
  'Contoso conference',
  'Warehouse robots',
  'Energy audit',
  'Cold chain monitoring',
  'Packaging line',
  'Fleet tracking',
  'Predictive maintenance',
  'Paperless office',
  'Factory lighting',
  'Water treatment',
  'Route planning',
  'Quality inspection',
  'Spare parts shop',
  'Demo request',
  'Newsletter',
  'Price list',
  'Annual subscription',
  'Starter kit',
  'Partner programme',
  'Training day',
];
