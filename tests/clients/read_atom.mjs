// Reads an Atom feed from standard input with rss-parser and feedsmith, and prints what
// each of them understood.
import { readFileSync } from 'node:fs';
import { parseAtomFeed } from 'feedsmith';
import Parser from 'rss-parser';

const text = readFileSync( 0, 'utf8' );

async function rssParser() {
	const feed = await new Parser().parseString( text );
	return {
		title: feed.title,
		entries: feed.items.map( ( item ) => ( {
			id: item.id,
			title: item.title,
			link: item.link,
			published: item.isoDate.replace( '.000Z', 'Z' ),
			authors: [ item.author ], // it keeps one
			text: item.content || item.summary || ''
		} ) )
	};
}

function feedsmith() {
	const feed = parseAtomFeed( text );
	return {
		title: feed.title.value,
		entries: feed.entries.map( ( entry ) => ( {
			id: entry.id,
			title: entry.title.value,
			link: entry.links.find( ( link ) => link.rel === 'alternate' ).href,
			published: entry.published,
			authors: entry.authors.map( ( author ) => author.name ),
			text: ( entry.content || entry.summary || { value: '' } ).value
		} ) )
	};
}

process.stdout.write( JSON.stringify( {
	'rss-parser': await rssParser(),
	feedsmith: feedsmith()
} ) );
