import {
  adam, dense, dropout, embedding, gru, input, padSequences, RandomSource, sequential, sparseCategoricalCrossEntropy, tensor,
  WordTokenizer,
} from 'chainrule';

export interface Settings {
  seed: number;
  words: 'first names' | 'dinosaurs';
  units: number;
  dropout: number;
  learningRate: number;
}

export function start(settings: Settings, own?: string[]) {
  const all = own ?? lists[settings.words].split(' ');
  // In random order. A tenth of the words, or at most 64, are held out: no training sees them.
  const order = [...new RandomSource(settings.seed, 'split', 0).permutation(all.length)].map((i) => all[i]!);
  const count = Math.min(64, Math.floor(all.length / 10));
  const [held, words] = [order.slice(0, count), order.slice(count)];

  // ^ begins a word and $ ends it. Characters become numbers from 1; 0 fills up short words.
  const tokenizer = new WordTokenizer({ charLevel: true, lower: false });
  tokenizer.fitOnTexts(all.map((word) => `^${word}$`));
  const longest = Math.max(...all.map((word) => [...word].length)) + 1;
  const numbered = (texts: string[]) => {
    const { data, shape } = padSequences(tokenizer.textsToSequences(texts), { maxLength: longest, padding: 'post' });
    return tensor(data, shape, 'int32');
  };

  // Reads a word from left to right, and predicts after each character which one comes next.
  const characters = tokenizer.vocabularySize;
  const model = sequential(
    input([longest]),
    embedding(characters, 16, { maskZero: true }),
    gru(settings.units, { returnSequences: true }),
    dropout(settings.dropout),
    dense(characters),
  );
  const trainer = model.compile({
    seed: settings.seed,
    optimizer: adam({ learningRate: settings.learningRate }),
    loss: sparseCategoricalCrossEntropy,
  });

  // The targets are the inputs, one character later.
  const samplesOf = (words: string[]) => ({
    x: numbered(words.map((word) => `^${word}`)),
    y: numbered(words.map((word) => `${word}$`)),
  });
  const unseen = samplesOf(held);

  // A step takes 32 words by chance, and then measures the loss of the words that are held out.
  const step = async (n: number) => {
    const random = new RandomSource(settings.seed, 'shuffle', n);
    const batch = Array.from({ length: 32 }, () => words[random.below(words.length)]!);
    const { loss } = await trainer.trainStep(samplesOf(batch));
    const { loss: unseenLoss } = await trainer.evaluate(unseen);
    return { loss: loss!, unseen: unseenLoss! };
  };
  return { state: { trainer }, step, words, tokenizer, numbered, longest };
}

const lists = {
  'first names': `aaron abigail ada adam adele adrian agnes aidan alan albert alexander alfred alice alma amanda amber amelia amy
andrea andrew angela anita anna anthony antonia april ariel arnold arthur astrid audrey aurora austin barbara basil beatrice
benjamin bernard bertha beth bianca blake bonnie boris brenda brian bridget bruno caleb camilla carl carla carmen caroline
catherine cecilia celia charles charlotte chloe christian christina clara claudia clement colin conrad cora cordelia curtis cynthia
daisy damian daniel daphne david dean deborah denise dennis diana dominic donald doris dorothy duncan dylan edgar edith edmund
edward edwin eileen elaine eleanor elena elias elizabeth ella ellen elliot elsa emanuel emil emily emma eric erica ernest esther
ethan eugene eva evelyn fabian faith felicia felix fiona flora florence frances francis frank frederick gabriel gavin geoffrey
george gerald gilbert gloria gordon grace graham gregory greta harold harriet harry harvey hazel hector heidi helen helena henry
herbert herman hilda hugo ian ida ingrid irene iris isaac isabel ivan ivy jack jacob james jane janet jasmine jason jasper jennifer
jeremy jessica joan joel johanna john jonathan josephine joshua judith julia julian juliet justin karen karl katherine keith kenneth
kevin laura lawrence leah leo leonard leonora leslie lewis liam lillian linda lionel louis louisa lucas lucy luke lydia mabel
magnus malcolm marcus margaret maria marian marina mark martha martin matilda matthew maurice max maxwell melanie melissa michael
michelle miles mildred miranda miriam monica morgan muriel nadia nancy naomi natalie nathan neil nicholas nicole nina noah nora
norman octavia olga oliver olivia oscar oswald otto owen pamela patricia patrick paul paula pauline percy peter philip phoebe
quentin rachel ralph raymond rebecca regina rhoda richard robert robin roger roland rosa rosalind rose rowena roy rufus rupert
ruth sabrina samantha samuel sandra sarah sebastian selma sharon silvia simon sofia solomon sophia stella stephen susan sylvester
tabitha teresa theodora theodore theresa thomas timothy tobias ursula valerie vanessa vera veronica victor victoria vincent viola
virginia vivian walter wanda wilfred william winifred yvonne zachary zoe`.replaceAll('\n', ' '),
  'dinosaurs': `abelisaurus achelousaurus acrocanthosaurus albertosaurus allosaurus alamosaurus amargasaurus ankylosaurus apatosaurus
argentinosaurus baryonyx bambiraptor brachiosaurus brontosaurus camarasaurus camptosaurus carcharodontosaurus carnotaurus centrosaurus
ceratosaurus cetiosaurus chasmosaurus coelophysis compsognathus corythosaurus cryolophosaurus daspletosaurus deinocheirus deinonychus
dilophosaurus diplodocus dromaeosaurus dryosaurus edmontosaurus einiosaurus eoraptor euoplocephalus europasaurus gallimimus gastonia
giganotosaurus gorgosaurus hadrosaurus herrerasaurus heterodontosaurus hypsilophodon iguanodon kentrosaurus lambeosaurus
leptoceratops maiasaura mamenchisaurus megalosaurus megaraptor microraptor monolophosaurus muttaburrasaurus nodosaurus ornithomimus
ouranosaurus oviraptor pachycephalosaurus pachyrhinosaurus parasaurolophus pentaceratops plateosaurus protoceratops psittacosaurus
saltasaurus saurolophus sauropelta scelidosaurus shunosaurus spinosaurus stegoceras stegosaurus struthiomimus styracosaurus
suchomimus tarbosaurus tenontosaurus therizinosaurus torosaurus triceratops troodon tyrannosaurus utahraptor velociraptor
zuniceratops`.replaceAll('\n', ' '),
};
