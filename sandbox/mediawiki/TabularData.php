<?php
namespace SpaceSandbox;

use MediaWiki\Extension\Scribunto\Engines\LuaCommon\LibraryBase;
use MediaWiki\Extension\Scribunto\Engines\LuaCommon\LuaError;
use MediaWiki\MediaWikiServices;
use MediaWiki\Revision\RenderedRevision;
use MediaWiki\Revision\SlotRecord;
use MediaWiki\Status\Status;
use MediaWiki\Title\Title;
use stdClass;

/**
 * Stands in for the tabular data of JsonConfig, which Debian does not package: pages
 * `Data:….tab` that a wiki keeps (Commons) and others read, and `mw.ext.data.get` in Lua.
 *
 * As there (JCLuaLibrary, JCDataContent, JCTabularContent), `get` gives `false` for a missing
 * page, `schema.fields` and `data` counted from 1, all languages for '_' and else the nearest
 * one, an error for a title or a language that is none, and the first look at a page is an
 * expensive parser function call. With a language, `license` is a table of its code, name and
 * URL. A page that breaks the rules (`TabularRules`) is not saved.
 *
 * Not imitated: how a page is stored (there it is formatted anew, English first, with a tab
 * and a line for each cell, which counts for its size), the cache between wikis and the purge
 * of pages that use a table (a parse always sees what was saved last), page views, the editor,
 * `action=jsondata`, names and URLs of licences in the reader's language, `mw.ext.data` for
 * maps and charts, transforms, and who uses what.
 *
 * The wiki in `wgSpaceDataWiki` has the pages; none means this one. Off with the switch
 * `wgSpaceTabularData`.
 */
class TabularData extends LibraryBase {
	public const NAMESPACE = 486;
	private const TITLE = '/^[^#<>\[\]|{}\/][^#<>\[\]|{}]*\.(tab|map|chart)$/Du';

	/** @var array<string, stdClass|false> */
	private array $read = [];

	public static function onScribuntoExternalLibraries( string $engine, array &$libraries ): void {
		$libraries['mw.ext.data'] = self::class;
	}

	public static function onMultiContentSave(
		RenderedRevision $rendered, $user, $summary, $flags, Status $status
	): bool {
		$revision = $rendered->getRevision();
		$title = $revision->getPageAsLinkTarget();
		if ( $title->getNamespace() !== self::NAMESPACE || !str_ends_with( $title->getText(), '.tab' ) ) {
			return true;
		}
		$text = $revision->getContent( SlotRecord::MAIN )->getText();
		$rules = new TabularRules();
		$rules->table( json_decode( $text ) );
		foreach ( array_slice( $rules->complaints, 0, 5 ) as $complaint ) {
			$status->fatal( 'rawmessage', $complaint );
		}
		return $status->isOK();
	}

	/** @inheritDoc */
	public function register() {
		return $this->getEngine()->registerInterface(
			__DIR__ . '/TabularData.lua', [ 'get' => $this->get( ... ) ], []
		);
	}

	/** `mw.ext.data.get( title, language )`. */
	private function get( ?string $title = null, ?string $language = null ): array {
		$this->checkType( 'get', 1, $title, 'string' );
		$names = MediaWikiServices::getInstance()->getLanguageNameUtils();
		if ( $language !== null && $language !== '_' && !$names->isValidCode( $language ) ) {
			throw new LuaError( 'bad argument #2 to "get" (not a valid language code)' );
		}
		if ( !preg_match( self::TITLE, $title ) ) {
			throw new LuaError( 'bad argument #1 to "get" (not a valid title)' );
		}
		if ( !array_key_exists( $title, $this->read ) ) {
			$this->incrementExpensiveFunctionCount();
			$this->read[$title] = self::page( $title );
		}
		$page = $this->read[$title];
		return [ $page ? $this->told( $page, $language ) : false ];
	}

	private static function page( string $title ): stdClass|false {
		global $wgSpaceDataWiki;
		$text = $wgSpaceDataWiki ? self::fetched( $wgSpaceDataWiki, $title ) : self::own( $title );
		$page = json_decode( $text );
		return $page instanceof stdClass ? $page : false;
	}

	private static function own( string $title ): string {
		$revision = MediaWikiServices::getInstance()->getRevisionLookup()
			->getRevisionByTitle( Title::makeTitle( self::NAMESPACE, $title ) );
		return $revision ? $revision->getContent( SlotRecord::MAIN )->getText() : '';
	}

	private static function fetched( string $wiki, string $title ): string {
		$query = http_build_query( [ 'action' => 'raw', 'title' => "Data:$title" ] );
		return @file_get_contents( "$wiki/w/index.php?$query" ) ?: '';
	}

	private function told( stdClass $page, ?string $language ): array {
		$pick = $language === '_' ? null : $this->picker( $language );
		$code = $page->license;
		$told = [
			'license' => $pick ? [ 'code' => $code, 'text' => $code, 'url' => $code ] : $code,
			'sources' => $page->sources,
		];
		$told['description'] = self::plain( $page->description, $pick );
		$columns = array_map(
			static fn ( stdClass $column ) => [
				'name' => $column->name,
				'type' => $column->type,
				'title' => self::plain( $column->title ?? $column->name, $pick ),
			],
			$page->schema->fields
		);
		$rows = array_map(
			static fn ( array $row ) => self::counted(
				array_map( static fn ( $cell ) => self::plain( $cell, $pick ), $row )
			),
			$page->data
		);
		return $told + [
			'schema' => [ 'fields' => self::counted( $columns ) ], 'data' => self::counted( $rows ),
		];
	}

	/** A list that begins with 1. */
	private static function counted( array $list ): array {
		return $list ? array_combine( range( 1, count( $list ) ), $list ) : [];
	}

	/** A value, or of texts by language the one that is picked. */
	private static function plain( mixed $value, ?callable $pick ): mixed {
		if ( !$value instanceof stdClass ) {
			return $value;
		}
		$texts = get_object_vars( $value );
		return $pick ? $pick( $texts ) : $texts;
	}

	private function picker( ?string $language ): callable {
		$code = $language ?? $this->getParser()->getTargetLanguage()->getCode();
		$codes = MediaWikiServices::getInstance()->getLanguageFallback()->getAll( $code );
		return static function ( array $texts ) use ( $code, $codes ) {
			foreach ( [ $code, ...$codes, 'en' ] as $each ) {
				if ( isset( $texts[$each] ) ) {
					return $texts[$each];
				}
			}
			return reset( $texts );
		};
	}
}
