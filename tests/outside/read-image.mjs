// The credential inside the image of a badge, read by other hands: chunks of PNG, text of SVG.
import {judgeAll} from './offline.mjs';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const KEYWORD = 'openbadgecredential';

await judgeAll(async image => {
  const content = Buffer.from(image, 'base64');
  return content.subarray(0, 8).equals(SIGNATURE) ? fromPng(content) : fromSvg(content.toString('utf8'));
});

function fromPng(content) {
  const found = [];
  for(let at = 8; at < content.length;) {
    const length = content.readUInt32BE(at);
    const body = content.subarray(at + 4, at + 8 + length);
    if(crc32(body) !== content.readUInt32BE(at + 8 + length)) {
      throw new Error('a chunk is damaged');
    }
    if(body.subarray(0, 4).toString('latin1') === 'iTXt') {
      found.push(body.subarray(4));
    }
    at += 12 + length;
  }
  const mine = found.filter(text => text.subarray(0, KEYWORD.length + 1).toString('latin1') === `${KEYWORD}\0`);
  if(mine.length !== 1) {
    throw new Error(`there are ${mine.length} credentials`);
  }
  const after = mine[0].subarray(KEYWORD.length + 1);
  if(after[0] !== 0) {
    throw new Error('it is compressed');
  }
  // Flag and method of compression, then language and translated keyword, each up to a zero byte.
  const language = after.indexOf(0, 2);
  const translated = after.indexOf(0, language + 1);
  return after.subarray(translated + 1).toString('utf8');
}

// The check sum of a chunk (ISO/IEC 15948, annex D).
function crc32(content) {
  let sum = 0xffffffff;
  for(const byte of content) {
    sum ^= byte;
    for(let bit = 0; bit < 8; bit++) {
      sum = sum & 1 ? sum >>> 1 ^ 0xedb88320 : sum >>> 1;
    }
  }
  return ~sum >>> 0;
}

function fromSvg(text) {
  const opened = /<svg\b[^>]*\sxmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"[^>]*>\s*/.exec(text);
  if(!opened) {
    throw new Error('there are 0 credentials');
  }
  const inner = text.slice(opened.index + opened[0].length);
  const element = /^<openbadges:credential>(.*?)<\/openbadges:credential>/s.exec(inner);
  if(!element) {
    throw new Error('the credential does not come first');
  }
  return [...element[1].matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, part]) => part).join('');
}
