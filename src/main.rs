//! The command line tool; everything it does is in the library.

/// Pages and records are many small texts that several threads make and drop.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    casebook::cli::main()
}
