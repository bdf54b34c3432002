/**
 * Names that many people have, wherever the records are from. In a small database nothing shows how common a name is: two
 * María García among 200 contacts look as rare as two Xanthippe Quartermain. What is seen in the records themselves
 * outweighs this as they become more.
 *
 * Names are in the form in which they are compared (latin.ts); from published statistics of the most frequent names of
 * the countries whose languages the product meets, rounded to one share for all.
 *
 * Example: among 200 contacts `garcia` counts as one name in 420, a name nobody else has as one in 3300.
 */
import { hashOf } from './counts.ts';

const familyShare = 0.003;
const givenShare = 0.008;

const family = `
smith johnson williams brown jones miller davis wilson anderson thomas taylor moore jackson martin lee thompson white
harris clark lewis robinson walker young allen king wright scott hill green adams nelson baker hall campbell mitchell
carter roberts evans edwards turner parker collins cook morgan murphy kelly cooper hughes murray wood watson james
muller mueller schmidt schneider fischer weber meyer maier wagner kaiser schmitz bergmann becker schulz schulze hoffmann schafer koch bauer
richter klein wolf schroder schroeder neumann schwarz zimmermann braun kruger hofmann hartmann lange werner krause
bernard dubois robert richard petit durand leroy moreau simon laurent lefebvre michel roux fournier girard bonnet
rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti costa giordano mancini
garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera fernandez gomez diaz
alvarez moreno munoz romero alonso gutierrez navarro dominguez vazquez ramos gil serrano ruiz jimenez ortiz cruz reyes
silva santos oliveira souza sousa pereira lima ferreira rodrigues almeida alves carvalho gomes ribeiro martins
jansen janssen jong vries bakker visser smit meijer boer mulder bos vos peeters jacobs maes mertens willems claes
hansen johansen olsen larsen andersen pedersen nilsen jensen nielsen christensen rasmussen sorensen petersen johansson
andersson karlsson nilsson eriksson larsson olsson persson svensson gustafsson korhonen virtanen
nowak kowalski kowalska wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak novak novotny
dvorak svoboda horvat horvath nagy kovacs toth szabo varga popescu ionescu popa dimitrov georgiev jovanovic petrovic
ivanov ivanova petrov petrova smirnov smirnova kuznetsov kuznetsova popov popova volkov sokolov shevchenko kovalenko
papadopoulos yilmaz kaya demir celik sahin yildiz ozturk kilic arslan aydin dogan polat cohen levi levy
singh kumar sharma patel gupta khan shah verma das reddy mehta ali ahmed mohamed mohammed hassan hussain ibrahim
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin chan wong kim park choi jung jeong kang cho
yoon jang lim sato suzuki takahashi tanaka ito watanabe yamamoto nakamura kobayashi kato yoshida nguyen tran le pham
hoang phan vu dang bui tan lim
王 李 张 張 刘 劉 陈 陳 杨 楊 黄 黃 赵 趙 吴 吳 周 徐 孙 孫 马 馬 朱 胡 郭 何 林 高 김 이 박 최 정 강 조 윤 장 임
佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 शर्मा सिंह कुमार वर्मा गुप्ता पटेल محمد احمد علي حسن ابراهيم خليل כהן לוי`;

const given = `
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark paul
steven andrew kevin brian mary patricia jennifer linda elizabeth barbara susan jessica sarah karen emily emma olivia
anna maria laura julia lukas jonas leon felix max hannah lea marta clara lisa sandra sophie peter andreas stefan christian martin klaus wolfgang hans markus jan sabine
petra monika claudia susanne nicole jean pierre michel philippe nicolas marie nathalie isabelle catherine giuseppe
antonio giovanni mario luigi francesco marco andrea paolo alessandro giulia francesca chiara jose juan manuel francisco
javier carlos miguel luis pedro jorge carmen ana isabel lucia joao paulo pedro johan anne lars anders per erik karin
eva piotr krzysztof andrzej tomasz katarzyna malgorzata agnieszka alexander aleksandr sergey dmitriy andrey vladimir
olga elena natalia natalya tatyana irina svetlana giorgos mohammed mohamed muhammad ahmed ali omar hassan fatima mehmet
mustafa ahmet ayse fatma wei fang min jing yan ming lei jun na raj amit priya rahul anita sanjay vivek anjali deepa arjun rohan minjun hiroshi yuki
伟 芳 娜 敏 静 丽 强 磊 민준 서연 지훈 誠 محمد احمد علي فاطمة נועה דוד आरव प्रिया`;

const shares = (names: string, share: number): ReadonlyMap<number, number> =>
  new Map(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [hashOf(name), share]),
  );

export const commonFamilyNames = shares(family, familyShare);
export const commonGivenNames = shares(given, givenShare);
