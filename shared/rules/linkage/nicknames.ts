/**
 * Short forms of given names, and forms of one name in several languages: names between two bars are one name. From common usage;
 * a name may stand on several lines, and belongs to the ones on its own lines only.
 *
 * Example: `isSameName('bob', 'robert')` holds; `isSameName('bob', 'bill')` does not.
 */
const lines = `
abigail abby gail|albert al bert bertie|
alexander alex alec sander sandro sasha aleksandr alexandre alejandro oleksandr|
alexandra alex sandra sasha aleksandra alexa|alfred alf fred freddie|alice ali alicia|amanda mandy|
andrew andy drew andreas andrei andrey andres andre anders andrzej|
anna anne ann annie anya ania anja anne-marie|anthony tony antonio anton antoine|archibald archie|
arthur art artur arturo|barbara barb babs basia|benjamin ben benny benni|bernard bernie bernhard bernd|
bradley brad|bridget biddy bridie|cameron cam|
catherine katherine kathryn kate katie kathy cathy cathryn kitty katharina katarina catalina ekaterina katya kasia katarzyna|
charles charlie chuck chas karl carl carlos carlo karel|charlotte lottie charlie|
christian chris kristian cristian|christina christine chris tina kristina kristin christa cristina krystyna|
christopher chris kit kris christoph cristobal kristof|clifford cliff|constance connie|cynthia cindy|
daniel dan danny daniil danilo|david dave davey davide dawid|deborah deb debbie debra|dennis den denny denis|
dmitri dmitry dima mitya dimitri dmitriy dimitrios|donald don donnie|dorothy dot dottie dolly dorothea|
douglas doug|edgar ed|edward ed eddie ted ned eduard eduardo edoardo|edwin ed|eleanor ellie nell nora elinor|
elizabeth liz lizzie beth betty bess eliza elisabeth lisa elsa elise libby bettina isabel elzbieta yelizaveta|
emily em emmy emilie|emma em|ernest ernie ernst ernesto|eugene gene evgeny yevgeny zhenya evgeniy|felicity flick|
florence flo florrie|frances fran fanny franziska francesca|
francis frank fran francisco francesco franz francois franciszek paco|franklin frank|
frederick fred freddie fritz friedrich federico frederic|gabriel gabe|gabriella gabby gabriela|
geoffrey geoff jeff jeffrey jeffery|george georg jorge giorgio jerzy georgi yuri georges jurgen|
gerald gerry jerry gerard gerhard gerd|giovanni gianni|gregory greg grigory gregor|
guenther guenter gunter gunther|gwendolyn gwen|harold harry hal|harriet hattie harry|heinrich heinz henry heiner|
helen helena elena lena ellen nell yelena olena|henry harry hank enrico enrique henri henrik hendrik|
herbert herb bert|hubert bert hugh|isabella bella izzy isabel|jacob jake jakob jack giacomo jacques jakub|
jacqueline jackie|james jim jimmy jamie jem diego jaime|jane janie jenny janet|janet jan|jennifer jen jenny jenn|
jessica jess jessie|joan joanie|joanna joanne jo johanna|johann hans johannes jan johan|
john johnny jack jon johnnie johan jean juan giovanni ivan jan ian sean janos|jonathan jon jonny nathan john|
joseph joe joey jo jose giuseppe josef jozef pepe yosef iosif|joshua josh|judith judy jude|
julia julie iuliia yulia juliet|juliette julie|katherine kay|kenneth ken kenny|kimberly kim|
konstantin kostya kostas|lawrence larry laurie laurence lorenzo laurent lars|
leonard leo len lenny leonardo leonid|leslie les|lillian lily lil|louis lou louie lewis luis luigi ludwig|
louise lou|lucas luke luc lukas luca lukasz|lucy luce lucia|ludmila lyudmila lyuda|magdalena magda lena|
manuel manolo manny|marcus mark marc marco marek markus|
margaret maggie meg peggy marge margie greta gretchen rita margarita margarete malgorzata madge|
maria mary marie masha mariya molly mia maryam|martin marty marten marcin martyn|martha marta|
matthew matt mat matthias mathieu mateo matteo mattias mateusz|maximilian max|maxwell max|megan meg|
melissa mel missy|michael mike mick mickey mikey michel miguel michal mikhail misha michele mikael mihail|
michelle shelly|mildred millie|mohammed mohammad muhammad mohamed mehmet|nancy nan|
natalia natalie natasha nathalie nataliya natalya|nathan nate|nathaniel nathan nate|
nicholas nick nicky nico nikolai niklas nicolas klaus nikola nicola nikolay mikolaj nikolaos|nicole nicky nikki|
oliver ollie olli olivier|olivia liv livvy|pamela pam|patricia pat patty trish tricia patti|
patrick pat paddy patricio|paul paolo pablo pavel pawel|peter pete pedro pietro pyotr pierre piotr petr petros|
philip phil phillip philippe felipe filippo filip|rachel rachael rach|raymond ray raimund|
rebecca becky becca beck|reginald reg reggie|richard rick dick rich richie ricky ricardo riccardo|
robert rob bob bobby robbie bert roberto robbie|roger rog ruediger|ronald ron ronnie|rose rosie rosa|
rudolf rudi rodolfo rolf|russell russ|samantha sam sammy|samuel sam sammy|sarah sara sally sadie|
sebastian seb bastian|sergei sergey serhiy sergio serge seryozha|sigmund sigi siegmund|simon si simeon|
sophia sophie sofia sonia sonya zofia sofie|stanislav stas stanislaw|stephanie steph stefanie stefania|
stephen steven steve stefan stevie stephan etienne esteban stefano stepan szczepan|
susan sue susie suzy susanne suzanne susanna zuzanna|svetlana sveta|sylvia silvia|tatiana tanya tatyana|
terence terry terrence|teresa terry theresa tess tessa|theodore ted teddy theo theodor fyodor fedor|
thomas tom tommy tomas tommaso tomasz|timothy tim timmy timo|tobias toby|ulrich uli|ursula uschi|valentina valya|
valerie val|vanessa nessa|veronica ronnie vera veronika|victor vic viktor vittorio|
victoria vicky vic tori viktoria|vincent vince vinny vincenzo vicente|virginia ginny|
vladimir vova volodya volodymyr|walter walt wally|
wilhelm willi willy william will bill billy willem guillermo guillaume guglielmo liam|winifred winnie|
wolfgang wolf|xavier javier|yekaterina katya|zachary zach zack`;

const groupsByName = new Map<string, number[]>();
lines
  .trim()
  .split('|')
  .forEach((line, group) => {
    for (const name of line.trim().split(/\s+/)) groupsByName.set(name, [...(groupsByName.get(name) ?? []), group]);
  });

export const hasOtherForms = (name: string): boolean => groupsByName.has(name);

/** Names that have no other forms here, and are no slip of another name either. */
const alone = new Set(
  'adam adele agnes alan alberto alessandro alessia alma amelie amir amy angela angelo aria astrid aurora axel beatrice beatriz bella benedikt birgit bjorn bruno camille carla carmen carol caroline cecilia chiara chloe claire clara claudia claudio clemens clement dario darius diana diego dora doris elias elin elio ella elvira emilia emilio emil eric erik erica erika ernst esther eva evelyn fabian fabio farid fatima felix fernando filip finn fiona fleur florian gerda gloria grace greta gustav hanna hannah hanne harald hassan hector heidi helga hilda hugo ida igor ilse ines inga inge ingrid irene irina iris irma isaac ivo ivana jana janina jasmin jasper joel johan jolanda jonas jordi judit julian juliana kai karen karin karina karla karsten kasper katja kevin kim klara knut laila lara laura lea leah leila leon leona leonie lia lidia lilia lina linda lisa liv lola lorena lorna luana luisa lydia maja maite malte mara marcel marcella mareike maren mariana marina mario marion marit marius marlene marta mateo maurice maya mia mila milan milena mina mira miriam mona monica monika nadia nadja naomi nicolas nina noah noel nora norma odette olaf ole olga omar oscar oskar otto pascal paula pauline petra pia rafael ralf ramon raul regina renate rene rita roman rosalie ruben ruth sabine sabrina salma salome samir sandra sara saskia selma silke silvio simone sigrid sonja stella sven tamara tanja tara thea theresia tilda tina ulla ulrike uma uta ute uwe vera vivian vivien wanda wendy wilma yara yasmin yusuf yvonne zoe zora'.split(
    ' ',
  ),
);

/**
 * Two names that both are names, and not forms of one: Tim and Tom of one family are two people, and no slip of the other.
 * Names that sound the same are asked about before.
 */
export const areTwoNames = (a: string, b: string): boolean =>
  (alone.has(a) || groupsByName.has(a)) && (alone.has(b) || groupsByName.has(b)) && !isSameName(a, b);

/** Whether two names in Latin letters are forms of one. */
export function isSameName(a: string, b: string): boolean {
  const groups = groupsByName.get(a);
  const others = groups && groupsByName.get(b);
  return others !== undefined && (groups ?? []).some((group) => others.includes(group));
}
